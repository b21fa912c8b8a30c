using System.Data.Common;
using System.Globalization;

namespace AdminPanel.Tests.Support;

/// <summary>
/// Fills a migrated schema with many rows by SQL alone, the same rows for the same numbers: domains d1.example,
/// d2.example, ... with an even share of the mailboxes each, and big.example with a share of its own.
/// </summary>
public static class MailSeed
{
    /// <summary>A well-formed hash that no password matches: seeded mailboxes are there to be listed and looked up.</summary>
    public const string PasswordHash =
        "{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$c2VlZHNlZWRzZWVkc2VlZA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    // As the panel counts them.
    private const string FiguresOfMailboxes = """
        INSERT INTO mailbox_figures (address_id, domain_id, fullness, last_sign_in)
        SELECT a.id, a.domain_id, COALESCE(u.bytes DIV (5368709120 DIV 1000), 0), COALESCE(l.seconds, 0)
        FROM addresses a LEFT JOIN mailbox_usage u ON u.address = a.address LEFT JOIN mailbox_logins l ON l.address = a.address AND l.service = 'imap'
        WHERE a.kind = 'mailbox'
        """;

    /// <param name="open">An open connection to the migrated schema.</param>
    /// <param name="domains">Domains that share <paramref name="mailboxes"/> evenly.</param>
    /// <param name="mailboxes">Mailboxes in all of them together.</param>
    /// <param name="inBigDomain">Further mailboxes, all in big.example.</param>
    /// <param name="aliases">Aliases u1@d1.example ..., each with two destinations, spread over the domains.</param>
    /// <param name="auditEntries">Entries of fifty admins, one a minute up to now, about the mailboxes.</param>
    /// <param name="isUsed">Each mailbox stores some thousandths of its quota, as many have each number, and nine of ten were signed in to.</param>
    public static async Task FillAsync(DbConnection open, int domains, int mailboxes, int inBigDomain = 0, int aliases = 0, int auditEntries = 0, bool isUsed = false)
    {
        await RunAsync(open, $"""
            INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            SELECT CONCAT('d', seq, '.example'), 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM {Sequence(domains)}
            """);
        if (inBigDomain > 0)
        {
            await RunAsync(open, """
                INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
                VALUES ('big.example', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
                """);
            await AddAddressesAsync(open, "mailbox", "'big.example'", "m", inBigDomain);
        }
        if (mailboxes > 0) await AddAddressesAsync(open, "mailbox", $"CONCAT('d', 1 + (s.seq % {domains}), '.example')", "m", mailboxes);
        await RunAsync(open, $"""
            INSERT INTO mailboxes (address_id, kind, display_name, password_hash, password_changed_at, home, quota_bytes, keeps_copy, version, created_at, updated_at)
            SELECT a.id, 'mailbox', CONCAT('Person ', a.id), '{PasswordHash}', UTC_TIMESTAMP(6), CONCAT('se/ed/', MD5(a.address)), 5368709120, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
            FROM addresses a WHERE a.kind = 'mailbox'
            """);
        if (isUsed) await UseAsync(open);
        await RunAsync(open, FiguresOfMailboxes);
        if (aliases > 0) await AddAliasesAsync(open, domains, mailboxes, aliases);
        await RunAsync(open, """
            UPDATE domains d SET
                mailbox_count = (SELECT COUNT(*) FROM addresses a WHERE a.domain_id = d.id AND a.kind = 'mailbox'),
                alias_count = (SELECT COUNT(*) FROM addresses a WHERE a.domain_id = d.id AND a.kind IN ('alias', 'catch_all')),
                allocated_quota = mailbox_count * 5368709120
            """);
        if (auditEntries > 0) await AddAuditEntriesAsync(open, domains, mailboxes, auditEntries);
        await RunAsync(open, "ANALYZE TABLE domains, addresses, mailboxes, aliases, destinations, audit_entries, mailbox_usage, mailbox_logins, mailbox_figures");
    }

    private static async Task UseAsync(DbConnection open)
    {
        await RunAsync(open, "INSERT INTO mailbox_usage (address, bytes, messages) SELECT address, id % 1000 * (5368709120 DIV 1000), id % 1000 FROM addresses WHERE kind = 'mailbox'");
        await RunAsync(open, "INSERT INTO mailbox_logins (address, service, seconds) SELECT address, 'imap', 1700000000 + id % 86400 FROM addresses WHERE kind = 'mailbox' AND id % 10 > 0");
    }

    private static Task AddAuditEntriesAsync(DbConnection open, int domains, int mailboxes, int count) => RunAsync(open, $$"""
        INSERT INTO audit_entries (at, actor, source, request_id, action, subject, domain_id, `after`)
        SELECT UTC_TIMESTAMP(6) - INTERVAL {{count}} - seq MINUTE, CONCAT('admin', seq % 50, '@example.org'), '192.0.2.1', MD5(seq),
            ELT(1 + seq % 4, 'mailbox.create', 'mailbox.update', 'mailbox.set-password', 'alias.update'),
            CONCAT('m', 1 + seq % {{mailboxes}}, '@d', 1 + ((1 + seq % {{mailboxes}}) % {{domains}}), '.example'),
            (SELECT MIN(id) FROM domains) + seq % {{domains}}, '{"is_active":true}'
        FROM {{Sequence(count)}}
        """);

    private static async Task AddAliasesAsync(DbConnection open, int domains, int mailboxes, int aliases)
    {
        await AddAddressesAsync(open, "alias", $"CONCAT('d', 1 + (s.seq % {domains}), '.example')", "u", aliases);
        await RunAsync(open, """
            INSERT INTO aliases (address_id, kind, version, created_at, updated_at)
            SELECT a.id, 'alias', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses a WHERE a.kind = 'alias'
            """);
        foreach (var nth in (int[])[1, 2])
        {
            var number = $"1 + (s.seq * 7 + {nth}) % {mailboxes}";
            await RunAsync(open, $"""
                INSERT INTO destinations (address_id, address, local_part, domain_name)
                SELECT a.id, CONCAT('m', {number}, '@d', 1 + (({number}) % {domains}), '.example'), CONCAT('m', {number}), CONCAT('d', 1 + (({number}) % {domains}), '.example')
                FROM {Sequence(aliases)} s JOIN addresses a ON a.address = CONCAT('u', s.seq, '@d', 1 + (s.seq % {domains}), '.example')
                """);
        }
    }

    private static Task AddAddressesAsync(DbConnection open, string kind, string domain, string prefix, int count) => RunAsync(open, $"""
        INSERT INTO addresses (address, domain_id, kind, is_active)
        SELECT CONCAT('{prefix}', s.seq, '@', d.name), d.id, '{kind}', 1 FROM {Sequence(count)} s JOIN domains d ON d.name = {domain}
        """);

    // MariaDB's SEQUENCE engine: a table of numbers by its name.
    private static string Sequence(int count) => string.Create(CultureInfo.InvariantCulture, $"seq_1_to_{count}");

    private static async Task RunAsync(DbConnection open, string sql)
    {
        await using var command = open.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }
}
