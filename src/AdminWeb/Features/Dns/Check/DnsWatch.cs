using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Serve;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>
/// Looks for records by itself, in one panel for all: for those of DKIM keys that are due, which wait for it, and then round
/// all domains, for those of each when the last look is old.
/// </summary>
internal sealed class DnsWatch(IServiceScopeFactory scopes, DbDataSource database, CheckRounds rounds, PanelSettings settings, ILogger<DnsWatch> log) : Worker("db status")
{
    private const int AtOnce = 4;

    // A turn of them takes seconds, and minutes where nobody answers.
    private const int InTurn = 50;

    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(settings.DnsPause, ct);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!await database.TakeTurnAsync("dns", settings.DnsPause * 0.9, ct)) return;

        var actor = Actor.Panel(Guid.NewGuid().ToString("n"));
        using var round = rounds.Begin(ct);
        await new DkimTurn(scopes).WorkAsync(round.Dns, actor, ct);
        foreach (var some in (await DueAsync(ct)).Chunk(AtOnce))
        {
            var outcomes = await Task.WhenAll(some.Select(name => CheckAsync(name, round, actor, ct)));
            // The mail server has no name yet: there is nothing to look for.
            if (outcomes.Any(o => o is Outcome<DnsReport>.Refused)) return;
        }
    }

    protected override void SayThatItWaits(string reason) => log.DnsWaits(reason);

    private async Task<IReadOnlyList<DomainName>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdminDb>();
        var old = db.UtcNow - settings.DnsRound;
        return await db.Domains.Where(d => d.Kind != DomainKind.Recycled && d.IsActive && (d.DnsCheck == null || d.DnsCheck.CheckedAt < old))
            .OrderBy(d => d.DnsCheck!.CheckedAt).Select(d => d.Name).Take(InTurn).ToListAsync(ct);
    }

    private async Task<Outcome<DnsReport>> CheckAsync(DomainName name, CheckRound round, Actor actor, CancellationToken ct)
    {
        await using var own = scopes.CreateAsyncScope();
        return await own.ServiceProvider.GetRequiredService<CheckDomainDns>().RunAsync(new() { Domain = name }, round, actor, ct);
    }
}
