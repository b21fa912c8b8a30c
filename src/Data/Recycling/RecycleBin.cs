using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data.Recycling;

/// <summary>
/// Puts things into the recycle bin and takes them out again, inside the caller's transaction and under the lock of
/// their domain. Counters, limits and audit are the caller's.
/// </summary>
public static class RecycleBin
{
    /// <summary>Mailboxes, aliases and catch-alls. Their addresses stay reserved.</summary>
    /// <param name="addressIds">Ids in the register, at least one.</param>
    public static async Task RecycleAddressesAsync(this AdminDb db, IReadOnlyList<long> addressIds, Actor actor, CancellationToken ct)
    {
        await db.AddItemsAsync($"a.id IN ({string.Join(", ", addressIds)})", parent: null, actor, ct);
        var items = await db.RecycledItems.Where(i => addressIds.Contains(i.AddressId!.Value)).Select(i => i.Id).ToListAsync(ct);
        db.EndSessions(await db.RecycledItems.Where(i => items.Contains(i.Id) && i.Kind == RecycledKind.Mailbox).Select(i => i.Name).ToListAsync(ct));
        await db.EmptyAsync(Items.These(items), ct);
    }

    /// <summary>A hosted domain with everything in it and its alias domains. What of it was in the bin before stays there on its own.</summary>
    public static async Task RecycleDomainAsync(this AdminDb db, long domainId, Actor actor, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO recycled_items (kind, name, domain_id, was_active, bytes, mailbox_count, alias_count, deleted_at, deleted_by)
            SELECT 'domain', d.name, d.id, d.is_active,
              (SELECT COALESCE(SUM(u.bytes), 0) FROM addresses a LEFT JOIN mailbox_usage u ON u.address = a.address WHERE a.domain_id = d.id AND a.kind = 'mailbox'),
              d.mailbox_count, d.alias_count, {db.UtcNow}, {actor.Login}
            FROM domains d WHERE d.id = {domainId}
            """,
            ct);
        db.EndSessions(await db.Domains.Where(d => d.Id == domainId).Select(d => d.Name).SingleAsync(ct));
        var item = await db.RecycledItems.Where(i => i.DomainId == domainId && i.Kind == RecycledKind.Domain).Select(i => i.Id).SingleAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO recycled_items (kind, name, domain_id, parent_id, was_active, bytes, mailbox_count, alias_count, deleted_at, deleted_by)
            SELECT 'alias_domain', d.name, d.id, {item}, d.is_active, 0, 0, 0, {db.UtcNow}, {actor.Login} FROM domains d WHERE d.target_id = {domainId}
            """,
            ct);
        await db.AddItemsAsync(
            $"a.domain_id IN (SELECT i.domain_id FROM recycled_items i WHERE i.id = {item} OR i.parent_id = {item}) AND a.kind <> 'recycled'", item, actor, ct);
        await db.EmptyAsync(Items.WithAllBelow(item), ct);
        // Alias domains first: what they stand for cannot change while they do.
        await db.Database.ExecuteSqlAsync(
            $"UPDATE domains SET kind = 'recycled', is_active = 0, target_id = NULL, target_kind = NULL, version = version + 1 WHERE target_id = {domainId}", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE domains SET kind = 'recycled', is_active = 0, version = version + 1 WHERE id = {domainId}", ct);
    }

    /// <summary>Takes an item out with all that went along with it, as it was. The caller has seen that its address is its own and its domain is there.</summary>
    public static async Task RestoreAsync(this AdminDb db, RecycledItem item, CancellationToken ct)
    {
        var items = Items.WithAllBelow(item.Id);
        var store = new RowStore(db);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE recycled_items r JOIN domains d ON d.id = r.domain_id SET d.kind = 'hosted', d.is_active = r.was_active, d.version = d.version + 1 WHERE r.id = {item.Id} AND r.kind = 'domain'", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE recycled_items r JOIN domains d ON d.id = r.domain_id
            SET d.kind = 'alias', d.is_active = r.was_active, d.target_id = {item.DomainId}, d.target_kind = 'hosted', d.version = d.version + 1
            WHERE r.parent_id = {item.Id} AND r.kind = 'alias_domain'
            """,
            ct);
        var isReleased = item is { AddressId: null, Kind: not RecycledKind.Domain };
        if (isReleased) await store.InsertAsync(Belonging.Register(db.Model), items, ct);
        var register = isReleased ? "a.address = r.name" : "a.id = r.address_id";
        await store.RunAsync(
            $"UPDATE recycled_items r STRAIGHT_JOIN addresses a ON {register} SET a.kind = r.kind, a.is_active = r.was_active WHERE {items.Condition} AND a.kind = 'recycled'", ct);
        await store.RunAsync(
            $"DELETE u FROM recycled_items r STRAIGHT_JOIN mailbox_usage u ON u.address = r.name WHERE {items.Condition} AND r.kind = 'mailbox'", ct);
        await store.RunAsync(
            $"DELETE l FROM recycled_items r STRAIGHT_JOIN mailbox_logins l ON l.address = r.name WHERE {items.Condition} AND r.kind = 'mailbox'", ct);
        await store.PutBackAsync(items, ct);
        await db.ForgetItemsAsync(item.Id, ct);
    }

    /// <summary>Frees the address for others; what is in the bin stays there, and comes back only while nobody else has the address.</summary>
    public static async Task ReleaseAsync(this AdminDb db, RecycledItem item, CancellationToken ct)
    {
        await new RowStore(db).CopyAsync(Belonging.Register(db.Model), Items.These([item.Id]), ct);
        // The item's reference becomes NULL with it.
        await db.Addresses.Where(a => a.Id == item.AddressId).ExecuteDeleteAsync(ct);
    }

    internal static async Task ForgetItemsAsync(this AdminDb db, long id, CancellationToken ct)
    {
        await db.RecycledItems.Where(i => i.ParentId == id).ExecuteDeleteAsync(ct);
        await db.RecycledItems.Where(i => i.Id == id).ExecuteDeleteAsync(ct);
    }

    private static Task<int> AddItemsAsync(this AdminDb db, string which, long? parent, Actor actor, CancellationToken ct)
    {
        var sql = $$"""
            INSERT INTO recycled_items (kind, name, domain_id, address_id, owner_id, parent_id, was_active, home, quota_bytes, bytes, mailbox_count, alias_count, deleted_at, deleted_by)
            SELECT a.kind, a.address, a.domain_id, a.id, COALESCE(m.id, l.id), {0}, a.is_active, m.home, m.quota_bytes, COALESCE(u.bytes, 0), 0, 0, {1}, {2}
            FROM addresses a
            LEFT JOIN mailboxes m ON m.address_id = a.id
            LEFT JOIN aliases l ON l.address_id = a.id
            LEFT JOIN mailbox_usage u ON u.address = a.address AND m.id IS NOT NULL
            WHERE {{which}}
            """;
        return db.Database.ExecuteSqlRawAsync(sql, [parent!, db.UtcNow, actor.Login], ct);
    }

    private static async Task EmptyAsync(this AdminDb db, Items items, CancellationToken ct)
    {
        var store = new RowStore(db);
        await store.TakeOutAsync(items, ct);
        await store.RunAsync(
            $"UPDATE recycled_items r STRAIGHT_JOIN addresses a ON a.id = r.address_id SET a.kind = 'recycled', a.is_active = 0 WHERE {items.Condition}", ct);
    }
}
