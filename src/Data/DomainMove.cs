using AdminPanel.Data.Addresses;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>
/// A domain under another name: everything that holds the old one follows, a statement for each table, so that 20,000
/// mailboxes take seconds. In one transaction, after taking the domain's lock.
/// </summary>
public sealed class DomainMove(AdminDb db, long domainId, DomainName from, DomainName to)
{
    private readonly string oldName = from.Value;
    private readonly string newName = to.Value;

    /// <summary>All but the domain's own row.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await MoveRecordsAsync(ct);
        await BumpAsync(ct);
        await MoveRecycledAsync(ct);
        await db.Database.ExecuteSqlAsync($"UPDATE addresses SET address = CONCAT(LEFT(address, CHAR_LENGTH(address) - CHAR_LENGTH({oldName})), {newName}) WHERE domain_id = {domainId}", ct);
        // Whoever led to both names leads to the one that is left.
        await db.Database.ExecuteSqlAsync($"UPDATE IGNORE destinations SET address = CONCAT(local_part, '@', {newName}), domain_name = {newName} WHERE domain_name = {oldName}", ct);
        await db.Destinations.Where(d => d.DomainName == oldName).ExecuteDeleteAsync(ct);
        // Nobody has the records of the new name: its keys sign when those have been seen.
        var now = db.UtcNow;
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dkim_keys SET state = CASE state WHEN 'active' THEN 'waiting' WHEN 'retiring' THEN 'retired' ELSE state END,
              seen_at = NULL, checked_at = NULL, sightings = NULL, active_since = NULL, version = version + 1, updated_at = {now} WHERE domain_id = {domainId}
            """,
            ct);
        await db.DomainDnsChecks.Where(c => c.DomainId == domainId).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync($"UPDATE send_as_grants SET address = CONCAT(LEFT(address, CHAR_LENGTH(address) - CHAR_LENGTH({oldName})), {newName}) WHERE domain_id = {domainId}", ct);
    }

    /// <summary>For an alias domain that has the old name now: who might send as an address in it still may.</summary>
    public Task CopyGrantsAsync(long aliasDomainId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO send_as_grants (mailbox_id, address, domain_id)
        SELECT mailbox_id, CONCAT(LEFT(address, CHAR_LENGTH(address) - CHAR_LENGTH({newName})), {oldName}), {aliasDomainId} FROM send_as_grants WHERE domain_id = {domainId}
        """,
        ct);

    // What is in the recycle bin comes back under the new name, and what leads or may send there from another domain, too.
    private async Task MoveRecycledAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"UPDATE recycled_items SET name = CONCAT(LEFT(name, CHAR_LENGTH(name) - CHAR_LENGTH({oldName})), {newName}) WHERE domain_id = {domainId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE recycled_rows x
            SET x.content = JSON_REPLACE(
              x.content, '$.address', CONCAT(LEFT(JSON_VALUE(x.content, '$.address'), CHAR_LENGTH(JSON_VALUE(x.content, '$.address')) - CHAR_LENGTH({oldName})), {newName}), '$.domain_name', {newName})
            WHERE RIGHT(JSON_VALUE(x.content, '$.address'), CHAR_LENGTH({oldName}) + 1) = CONCAT('@', {oldName})
            """,
            ct);
        // An alias that led to both names comes back with the one that is left.
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE x FROM recycled_rows x JOIN recycled_rows y
            ON y.item_id = x.item_id AND y.table_name = 'destinations' AND y.id < x.id AND JSON_VALUE(y.content, '$.address') = JSON_VALUE(x.content, '$.address')
            WHERE x.table_name = 'destinations' AND JSON_VALUE(x.content, '$.domain_name') = {newName}
            """,
            ct);
    }

    // What Dovecot wrote down. Under the new name there may be leavings of a domain that had it before.
    private async Task MoveRecordsAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE u FROM addresses a STRAIGHT_JOIN mailbox_usage u ON u.address = CONCAT(LEFT(a.address, CHAR_LENGTH(a.address) - CHAR_LENGTH({oldName})), {newName})
            WHERE a.domain_id = {domainId}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE l FROM addresses a STRAIGHT_JOIN mailbox_logins l ON l.address = CONCAT(LEFT(a.address, CHAR_LENGTH(a.address) - CHAR_LENGTH({oldName})), {newName})
            WHERE a.domain_id = {domainId}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE addresses a STRAIGHT_JOIN mailbox_usage u ON u.address = a.address
            SET u.address = CONCAT(LEFT(a.address, CHAR_LENGTH(a.address) - CHAR_LENGTH({oldName})), {newName}) WHERE a.domain_id = {domainId}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE addresses a STRAIGHT_JOIN mailbox_logins l ON l.address = a.address
            SET l.address = CONCAT(LEFT(a.address, CHAR_LENGTH(a.address) - CHAR_LENGTH({oldName})), {newName}) WHERE a.domain_id = {domainId}
            """,
            ct);
    }

    // Whatever gets another address or another destination is changed; one that is both, once.
    private async Task BumpAsync(CancellationToken ct)
    {
        var now = db.UtcNow;
        await db.Database.ExecuteSqlAsync($"UPDATE addresses a STRAIGHT_JOIN mailboxes m ON m.address_id = a.id SET m.version = m.version + 1, m.updated_at = {now} WHERE a.domain_id = {domainId}", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE addresses a STRAIGHT_JOIN aliases l ON l.address_id = a.id SET l.version = l.version + 1, l.updated_at = {now} WHERE a.domain_id = {domainId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE mailboxes m SET m.version = m.version + 1, m.updated_at = {now} WHERE m.address_id IN
              (SELECT x.address_id FROM destinations x JOIN addresses a ON a.id = x.address_id WHERE x.domain_name = {oldName} AND a.domain_id <> {domainId})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE aliases l SET l.version = l.version + 1, l.updated_at = {now} WHERE l.address_id IN
              (SELECT x.address_id FROM destinations x JOIN addresses a ON a.id = x.address_id WHERE x.domain_name = {oldName} AND a.domain_id <> {domainId})
            """,
            ct);
    }
}
