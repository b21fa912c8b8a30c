using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data.Recycling;

/// <summary>
/// Takes things out of the recycle bin for ever, inside the caller's transaction and under the lock of their domain.
/// Rows and names go at once; homes are written down in `purges`, since nobody here can reach mail.
/// </summary>
public static class Purging
{
    public static async Task PurgeAsync(this AdminDb db, RecycledItem item, Actor actor, CancellationToken ct)
    {
        if (item.Kind == RecycledKind.Domain) await db.PurgeDomainAsync(item, actor, ct);
        else await db.PurgeAddressAsync(item, actor, ct);
    }

    /// <summary>Whose home a directory is, or lies in, or holds: a mailbox in use or in the bin. Such a directory must stay.</summary>
    public static async Task<string?> HomeOwnerAsync(this AdminDb db, string home, CancellationToken ct)
    {
        var below = $"{home}/";
        var parts = home.Split('/');
        IReadOnlyList<string> path = [.. Enumerable.Range(1, parts.Length).Select(n => string.Join('/', parts[..n]))];
        return await db.Mailboxes.Where(m => path.Contains(m.Home) || m.Home.StartsWith(below)).Select(m => m.Entry!.Address).FirstOrDefaultAsync(ct)
            ?? await db.RecycledItems.Where(i => path.Contains(i.Home!) || i.Home!.StartsWith(below)).Select(i => i.Name).FirstOrDefaultAsync(ct);
    }

    private static async Task PurgeAddressAsync(this AdminDb db, RecycledItem item, Actor actor, CancellationToken ct)
    {
        var id = item.Id;
        await db.WriteDownHomesAsync($"r.id = {id}", actor, ct);
        await db.RecycledItems.Where(i => i.Id == id).ExecuteDeleteAsync(ct);
        await db.Addresses.Where(a => a.Id == item.AddressId && a.Kind == AddressKind.Recycled).ExecuteDeleteAsync(ct);
    }

    // With all that is in the bin in this domain: what it took along, and what was there before.
    private static async Task PurgeDomainAsync(this AdminDb db, RecycledItem item, Actor actor, CancellationToken ct)
    {
        var (id, domainId) = (item.Id, item.DomainId);
        IReadOnlyList<long> domains = await db.RecycledItems.Where(i => i.Id == id || (i.ParentId == id && i.Kind == RecycledKind.AliasDomain)).Select(i => i.DomainId).ToListAsync(ct);
        await db.WriteDownHomesAsync($"r.domain_id IN ({string.Join(", ", domains)})", actor, ct);
        await db.RecycledItems.Where(i => i.ParentId == id).ExecuteDeleteAsync(ct);
        await db.RecycledItems.Where(i => domains.Contains(i.DomainId)).ExecuteDeleteAsync(ct);
        await db.Addresses.Where(a => domains.Contains(a.DomainId)).ExecuteDeleteAsync(ct);
        await db.Domains.Where(d => domains.Contains(d.Id) && d.Kind == DomainKind.Recycled).ExecuteDeleteAsync(ct);
    }

    /// <param name="which">Of ids alone. A home that waits already keeps its row.</param>
    private static Task<int> WriteDownHomesAsync(this AdminDb db, string which, Actor actor, CancellationToken ct)
    {
        var sql = $$"""
            INSERT INTO purges (home, name, requested_at, requested_by)
            SELECT r.home, r.name, {0}, {1} FROM recycled_items r WHERE r.home IS NOT NULL AND {{which}}
            ON DUPLICATE KEY UPDATE purges.home = purges.home
            """;
        return db.Database.ExecuteSqlRawAsync(sql, [db.UtcNow, actor.Login], ct);
    }
}
