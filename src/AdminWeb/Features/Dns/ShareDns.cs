using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns;

/// <summary>What a link without an account shows: the DNS records of one domain, as long as whoever made it may share them.</summary>
/// <param name="AccountId">Who made it: what that account may no longer share, the link no longer shows. Null: the command line, which may share everything.</param>
/// <param name="Domain">By its name: a domain that is renamed, or added anew by somebody else, is another one.</param>
/// <param name="DomainId">Likewise.</param>
/// <param name="Zone">The zone that its names are relative to; null is the domain itself.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="Series">That of the domain when it was made: <see cref="MailDomain.DnsShareSeries"/>.</param>
public sealed record DnsShare(long? AccountId, string Domain, long DomainId, string? Zone, DateTime ExpiresAt, int Series);

/// <summary>Lets somebody without an account see a domain's DNS records for some days. Whoever is permitted DNS there.</summary>
public sealed class ShareDns(AdminDb db)
{
    /// <summary>How long a link may live.</summary>
    public static readonly IReadOnlyList<int> Days = [1, 7, 30];

    public sealed record Input
    {
        public required DomainName Domain { get; init; }

        public string? Zone { get; init; }

        public int Days { get; init; } = 7;
    }

    private sealed record Shared(long Id, int Series);

    public async Task<Outcome<DnsShare>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(input.Domain, actor, ct) is not { } domain) return Outcome.NotFound<DnsShare>();
        if (!Days.Contains(input.Days)) return Outcome.Refused<DnsShare>(new Problem(nameof(Input.Days), "ChoiceUnknown", string.Join(", ", Days)));

        var share = new DnsShare(actor.AccountId, input.Domain.Value, domain.Id, input.Zone, db.UtcNow.AddDays(input.Days), domain.Series);
        return await db.InTransactionAsync(
            _ =>
            {
                db.Audit(actor, "dns.share", share.Domain, domain.Id, after: new { share.ExpiresAt });
                return Task.FromResult(Outcome.Done(share));
            },
            duplicate: null,
            ct);
    }

    /// <summary>Who made it, with the rights of this moment; null where it shows nothing any more.</summary>
    public async Task<Actor?> OpenAsync(DnsShare share, Actor visitor, CancellationToken ct)
    {
        if (share.ExpiresAt <= db.UtcNow || !DomainName.TryParse(share.Domain, out var name) || await MakerAsync(share, visitor, ct) is not { } maker) return null;

        return await FindAsync(name, maker, ct) == new Shared(share.DomainId, share.Series) ? maker : null;
    }

    private async Task<Actor?> MakerAsync(DnsShare share, Actor visitor, CancellationToken ct)
    {
        if (share.AccountId is not { } id) return Actor.CommandLine(visitor.RequestId);

        var account = await db.Accounts.Where(a => a.Id == id && a.IsActive && a.Login != null).Select(a => new { Login = a.Login!, a.Kind }).FirstOrDefaultAsync(ct);
        return account is null ? null : new Actor(id, account.Login, account.Kind, visitor.Source, visitor.RequestId);
    }

    private Task<Shared?> FindAsync(DomainName name, Actor actor, CancellationToken ct) =>
        db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Name == name && d.Kind != DomainKind.Recycled).Select(d => new Shared(d.Id, d.DnsShareSeries)).FirstOrDefaultAsync(ct);
}
