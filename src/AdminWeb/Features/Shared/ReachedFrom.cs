using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Who forwards to an address.</summary>
public sealed record ForwarderRow(string Address, AddressKind Kind, AddressState State);

/// <summary>The other ways to an address: alias domains, whoever forwards to it under any of its spellings, and for a mailbox the groups of its domain.</summary>
internal sealed record ReachedFrom(IReadOnlyList<ForwarderRow> ForwardedFrom, IReadOnlyList<string> AlsoReachedAs)
{
    private const int Shown = 100;

    public static async Task<ReachedFrom> OfAsync(AdminDb db, EmailAddress address, AddressKind kind, long domainId, Actor actor, CancellationToken ct)
    {
        var aliasDomains = await db.Domains.Where(d => d.TargetId == domainId).OrderBy(d => d.Name).Select(d => new { d.Name, d.IsActive }).ToListAsync(ct);
        var spellings = new List<string> { address.Value };
        spellings.AddRange(aliasDomains.Select(d => new EmailAddress(address.LocalPart, d.Name).Value));

        var now = db.UtcNow;
        var leading = db.Destinations.Where(d => spellings.Contains(d.Address)).Select(d => d.Entry!).VisibleTo(actor);
        if (kind == AddressKind.Mailbox) leading = leading.Concat(db.Addresses.VisibleTo(actor).Where(a => a.IsGroup && a.DomainId == domainId));
        var forwarders = await leading.Distinct()
            .OrderBy(a => a.Address).Take(Shown).Select(a => new ForwarderRow(a.Address, a.Kind, AddressStates.At(now, a.IsActive, a.ActiveFrom, a.ActiveUntil, a.Domain!.IsActive))).ToListAsync(ct);
        return new ReachedFrom(forwarders, [.. aliasDomains.Where(d => d.IsActive).Select(d => new EmailAddress(address.LocalPart, d.Name).Value)]);
    }
}
