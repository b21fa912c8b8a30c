using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.OwnAliases;

internal static class OwnedAlias
{
    /// <summary>One that the actor made, with its address and destinations, after taking its domain's lock; null where there is none, or owners may have none any more.</summary>
    public static async Task<Alias?> LockOwnAliasAsync(this AdminDb db, long id, Actor actor, CancellationToken ct)
    {
        var mailboxes = db.Mailboxes.OwnedBy(actor, OwnerRights.Aliases);
        var owned = db.Aliases.Where(a => a.Id == id && mailboxes.Any(m => m.AddressId == a.OwnerAddressId));
        if (await owned.Select(a => (long?)a.Entry!.DomainId).FirstOrDefaultAsync(ct) is not { } domainId || !await db.LockDomainAsync(domainId, ct)) return null;

        return await owned.Include(a => a.Entry!.Destinations).FirstOrDefaultAsync(ct);
    }
}
