using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.OwnAliases;

internal static class OwnedAlias
{
    /// <summary>Of one mailbox, where its domain says nothing or more: more than anybody keeps an eye on.</summary>
    public const int Most = 500;

    public static int LimitOf(int? domainSays) => Math.Min(domainSays ?? Most, Most);

    /// <summary>One that the actor made, as long as owners may have some; none otherwise.</summary>
    public static IQueryable<Alias> OwnedAliases(this AdminDb db, long id, Actor actor)
    {
        var mailboxes = db.Mailboxes.OwnedBy(actor, OwnerRights.Aliases);
        return db.Aliases.Where(a => a.Id == id && mailboxes.Any(m => m.AddressId == a.OwnerAddressId));
    }

    /// <summary>One that the actor made, with its address and destinations, after taking its domain's lock; null where there is none, or owners may have none any more.</summary>
    public static async Task<Alias?> LockOwnAliasAsync(this AdminDb db, long id, Actor actor, CancellationToken ct)
    {
        var owned = db.OwnedAliases(id, actor);
        if (await owned.Select(a => (long?)a.Entry!.DomainId).FirstOrDefaultAsync(ct) is not { } domainId || !await db.LockDomainAsync(domainId, ct)) return null;

        return await owned.Include(a => a.Entry!.Destinations).FirstOrDefaultAsync(ct);
    }
}
