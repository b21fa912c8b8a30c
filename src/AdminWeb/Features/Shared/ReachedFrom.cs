using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Who forwards to an address.</summary>
public sealed record ForwarderRow(string Address, AddressKind Kind, AddressState State);

/// <summary>The other ways to an address: alias domains, whoever forwards to it under any of its spellings, and for a mailbox the groups of its domain.</summary>
internal sealed record ReachedFrom(IReadOnlyList<ForwarderRow> ForwardedFrom, IReadOnlyList<string> AlsoReachedAs)
{
    private const int Shown = 100;

    // Asked for every address that is shown, so it is translated once.
    private static readonly Func<AdminDb, long, IAsyncEnumerable<AliasDomain>> AliasDomains = EF.CompileAsyncQuery(
        (AdminDb db, long domainId) => db.Domains.Where(d => d.TargetId == domainId).OrderBy(d => d.Name).Select(d => new AliasDomain(d.Name, d.IsActive)));

    public static Task<ReachedFrom> OfAsync(AdminDb db, AddressEntry entry, Actor actor, CancellationToken ct) => OfAsync(db, entry, addresses => addresses.VisibleTo(actor), ct);

    /// <param name="scope">Which of those that forward to it are told.</param>
    public static async Task<ReachedFrom> OfAsync(AdminDb db, AddressEntry entry, Func<IQueryable<AddressEntry>, IQueryable<AddressEntry>> scope, CancellationToken ct)
    {
        var (domainId, localPart) = (entry.DomainId, entry.Address[..entry.Address.LastIndexOf('@')]);
        var aliasDomains = await AliasDomains(db, domainId).ToListAsync(ct);
        var now = db.UtcNow;
        var leading = scope(db.LeadingTo(entry.Id, entry.Address, domainId, aliasDomains.Select(d => d.Name)).Join(db.Addresses, x => x.FromId, a => a.Id, (_, a) => a));
        if (entry.Kind == AddressKind.Mailbox) leading = leading.Concat(scope(db.Addresses).Where(a => a.IsGroup && a.DomainId == domainId));
        var forwarders = await leading.Distinct()
            .OrderBy(a => a.Address).Take(Shown).Select(a => new ForwarderRow(a.Address, a.Kind, AddressStates.At(now, a.IsActive, a.ActiveFrom, a.ActiveUntil, a.Domain!.IsActive))).ToListAsync(ct);
        return new ReachedFrom(forwarders, [.. aliasDomains.Where(d => d.IsActive && localPart.Length > 0).Select(d => $"{localPart}@{d.Name.Value}")]);
    }

    private sealed record AliasDomain(DomainName Name, bool IsActive);
}
