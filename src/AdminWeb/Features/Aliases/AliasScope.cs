using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>What of a way an actor may see: destinations of what is theirs, and the state of what is theirs.</summary>
/// <param name="Permissions">By domain; null for a superadmin, who sees everything.</param>
/// <param name="DomainId">The one domain that was asked for.</param>
internal sealed record AliasScope(IReadOnlyDictionary<long, DomainPermissions>? Permissions, long? DomainId)
{
    /// <summary>Null where there is no such domain for this actor.</summary>
    public static async Task<AliasScope?> OfAsync(AdminDb db, DomainName? domain, Actor actor, CancellationToken ct)
    {
        if (actor.IsSuperadmin && domain is null) return new AliasScope(null, null);
        if (actor.IsSuperadmin)
        {
            var id = await db.Domains.Where(d => d.Name == domain!.Value).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
            return id is null ? null : new AliasScope(null, id);
        }
        var grants = await db.DomainAdmins.Where(g => g.AccountId == actor.AccountId).Select(g => new { g.DomainId, g.Domain!.Name, g.Permissions }).ToListAsync(ct);
        var asked = domain is null ? null : grants.FirstOrDefault(g => g.Name == domain && (g.Permissions & (Visibility.SeesMailboxes | DomainPermissions.Aliases)) != 0);
        return domain is not null && asked is null ? null : new AliasScope(grants.ToDictionary(g => g.DomainId, g => g.Permissions), asked?.DomainId);
    }

    /// <summary>The way as far as the actor may see it; null stands for the rest.</summary>
    public (IReadOnlyList<string?> Way, AliasCause Cause) Shown(DeadWay way)
    {
        var shown = new List<string?> { way.Hops[0].Address };
        for (var at = 1; at < way.Hops.Count; at++)
        {
            if (!Sees(way.Hops[at - 1])) return ([.. shown, null], AliasCause.Elsewhere);

            shown.Add(way.Hops[at].Address);
        }
        return (shown, Sees(way.Hops[^1]) ? way.Cause : AliasCause.Elsewhere);
    }

    private bool Sees(Hop hop)
    {
        if (Permissions is null) return true;
        if (!Permissions.TryGetValue(hop.Owner?.DomainId ?? hop.DomainId ?? 0, out var held)) return false;

        return (held & (hop.Owner?.Kind == AddressKind.Mailbox ? Visibility.SeesMailboxes : DomainPermissions.Aliases)) != 0;
    }
}
