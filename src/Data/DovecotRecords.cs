using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>
/// What Dovecot writes down under an address: usage and last logins. It belongs to the mailbox, so whoever frees or
/// changes an address calls one of these in the same transaction.
/// </summary>
public static class DovecotRecords
{
    /// <summary>How old a domain's sum may be on its own page before it is counted again.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);

    /// <summary>The same in a list: counting 50 domains reads the usage of all their mailboxes.</summary>
    private static readonly TimeSpan FreshInListFor = TimeSpan.FromMinutes(15);

    /// <summary>For a mailbox that comes: a session of the last owner may have written late.</summary>
    public static async Task ForgetRecordsAsync(this AdminDb db, string address, CancellationToken ct)
    {
        await db.MailboxUsages.Where(u => u.Address == address).ExecuteDeleteAsync(ct);
        await db.MailboxLogins.Where(l => l.Address == address).ExecuteDeleteAsync(ct);
    }

    /// <summary>For a mailbox that gets another address.</summary>
    public static async Task RenameRecordsAsync(this AdminDb db, string from, string to, CancellationToken ct)
    {
        await db.ForgetRecordsAsync(to, ct);
        await db.Database.ExecuteSqlAsync($"UPDATE mailbox_usage SET address = {to} WHERE address = {from}", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE mailbox_logins SET address = {to} WHERE address = {from}", ct);
    }

    /// <summary>The domain's sum: the stored one while it is fresh, else counted anew and stored, in one statement.</summary>
    public static async Task<DomainUsage> CountUsageAsync(this AdminDb db, long domainId, DomainUsage? stored, CancellationToken ct)
    {
        if (stored is not null && stored.CountedAt > db.UtcNow - FreshFor) return stored;

        return (await db.CountUsagesAsync([domainId], ct)).GetValueOrDefault(domainId) ?? new DomainUsage { DomainId = domainId, CountedAt = db.UtcNow };
    }

    /// <summary>The sums of the domains of a list, those that are old counted anew, in one statement.</summary>
    /// <param name="stored">Each domain and when it was last counted.</param>
    /// <returns>The ones that were counted now.</returns>
    public static async Task<IReadOnlyDictionary<long, DomainUsage>> CountOldUsagesAsync(this AdminDb db, IEnumerable<(long DomainId, DateTime? CountedAt)> stored, CancellationToken ct)
    {
        var old = db.UtcNow - FreshInListFor;
        IReadOnlyList<long> stale = [.. stored.Where(s => s.CountedAt is null || s.CountedAt < old).Select(s => s.DomainId)];
        return stale.Count == 0 ? new Dictionary<long, DomainUsage>() : await db.CountUsagesAsync(stale, ct);
    }

    private static async Task<Dictionary<long, DomainUsage>> CountUsagesAsync(this AdminDb db, IReadOnlyList<long> domainIds, CancellationToken ct)
    {
        var sql = $$"""
            INSERT INTO domain_usage (domain_id, bytes, messages, counted_at)
            SELECT d.id, COALESCE(SUM(u.bytes), 0), COALESCE(SUM(u.messages), 0), {0}
            FROM domains d
            LEFT JOIN addresses a ON a.domain_id = d.id AND a.kind = 'mailbox'
            LEFT JOIN mailbox_usage u ON u.address = a.address
            WHERE d.id IN ({{string.Join(", ", domainIds)}})
            GROUP BY d.id
            ON DUPLICATE KEY UPDATE bytes = VALUES(bytes), messages = VALUES(messages), counted_at = VALUES(counted_at)
            RETURNING domain_id, bytes, messages, counted_at
            """;
        // The ids are numbers: nothing in them can be SQL.
        return await db.DomainUsages.FromSqlRaw(sql, db.UtcNow).AsNoTracking().ToDictionaryAsync(u => u.DomainId, ct);
    }
}
