using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

internal static class RecycledItemLock
{
    /// <summary>The item, after taking its domain's lock; null where there is none that the actor manages.</summary>
    public static async Task<RecycledItem?> LockItemAsync(this AdminDb db, long id, Actor actor, CancellationToken ct)
    {
        var domainId = await db.RecycledItems.ManagedBy(actor).Where(i => i.Id == id).Select(i => (long?)i.DomainId).FirstOrDefaultAsync(ct);
        if (domainId is null || !await db.LockDomainAsync(domainId.Value, ct)) return null;

        return await db.RecycledItems.ManagedBy(actor).AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct);
    }
}
