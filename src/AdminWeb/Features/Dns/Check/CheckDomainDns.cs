using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform.Dns;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Looks for the records of a domain at all its name servers, and writes down what is there. It leaves no audit entry: nobody decided anything.</summary>
public sealed class CheckDomainDns(AdminDb db, DnsRows rows, CheckRounds rounds)
{
    public sealed record Input
    {
        /// <summary>Of any kind.</summary>
        public required DomainName Domain { get; init; }
    }

    public async Task<Outcome<DnsReport>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        using var round = rounds.Begin(ct);
        return await RunAsync(input, round, actor, ct);
    }

    /// <param name="round">Of many domains that are checked one after the other.</param>
    internal async Task<Outcome<DnsReport>> RunAsync(Input input, CheckRound round, Actor actor, CancellationToken ct)
    {
        var id = await db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Name == input.Domain).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
        if (id is not { } domainId || await rows.FindAsync(input.Domain, zone: null, actor, ct) is not { } plan) return Outcome.NotFound<DnsReport>();
        if (plan.Server is null) return Outcome.Refused<DnsReport>(MailServerSettings.ShapeProblem(SettingCatalogue.Find("host_name")!, null)!);

        // No transaction is open while strangers' servers are asked.
        var found = await LookAsync(plan, round, ct);
        return await db.InTransactionAsync(async token =>
        {
            // Renamed or deleted while they were asked: what was found is of another name.
            if (!await db.LockDomainAsync(domainId, token) || !await db.Domains.AnyAsync(d => d.Id == domainId && d.Name == input.Domain && d.Kind != DomainKind.Recycled, token)) return Outcome.NotFound<DnsReport>();

            var now = db.UtcNow;
            var stored = await db.DomainDnsChecks.FirstOrDefaultAsync(c => c.DomainId == domainId, token);
            var check = StoredCheck.Read(stored?.Content).After(found, now);
            if (stored is null) db.DomainDnsChecks.Add(stored = new DomainDnsCheck { DomainId = domainId, Content = "" });
            (stored.CheckedAt, stored.WrongCount, stored.Content) = (now, DnsHistory.WrongCount(check.Records), check.Write());
            return Outcome.Done(found with { Policy = check.Policy });
        }, duplicate: null, ct);
    }

    private static async Task<DnsReport> LookAsync(DnsPlan plan, CheckRound round, CancellationToken ct)
    {
        var name = plan.Domain.Name;
        var policy = plan.Policy is { } wanted ? round.Policies.OfAsync(name, wanted, ct) : null;
        var key = await KeyAsync(plan, round);
        var records = await CheckRecords.RunAsync(plan.With(key), round.Dns, ct);
        return new DnsReport
        {
            Records = records,
            Security = await Zone.SecurityOfAsync(round.Dns, name.Value),
            Spf = plan.Records.Any(r => r.Purpose == RecordPurpose.Spf) ? await new SpfBudget(new ResolverLookup(round.Dns)).OfAsync(name.Value, ct) : null,
            Policy = policy is null ? null : await policy,
            KeyDigest = key?.Digest,
        };
    }

    // In a zone that nobody signs a TLSA record means nothing (RFC 7672 section 2.2).
    private static async Task<ServerKey?> KeyAsync(DnsPlan plan, CheckRound round) =>
        plan.Domain.Use != DomainUse.Nothing && await Zone.SecurityOfAsync(round.Dns, plan.Server!.HostName.Value) == ZoneSecurity.Secure ? await round.KeyAsync(plan.Server.HostName) : null;
}
