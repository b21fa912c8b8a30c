using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Web.Platform.Passwords;
using MariaDb.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>
/// One of everything in own.example, somebody for every column, and a second domain for the admin of another one.
/// Restored to the same rows, ids and security stamps before each question, so that a cookie stays good.
/// </summary>
internal sealed class MatrixWorld(Panel panel, string hash, IReadOnlyList<string> tables)
{
    // What changes by itself: guesses that are counted, keys that are made, a domain's sum of what is stored, which whoever looks counts anew, and seals.
    private static readonly string[] Apart = ["__EFMigrationsHistory", "data_protection_keys", "sign_in_budgets", "domain_usage", "audit_seals", "panel_sessions", "mailbox_sign_ins"];

    /// <summary>Has no row among the accounts of <see cref="Accounts"/>, but the mailbox.</summary>
    private const string Owner = "bob@own.example";

    /// <summary>Of <see cref="Owner"/>, who has a passkey.</summary>
    public const int OwnerAccount = 90;

    private const string Rule = """{"match":"all","conditions":[{"part":"subject","test":"contains","value":"list"}],"delivery":"move","folder":"Lists","marksRead":false,"flags":false,"stops":true}""";

    // What brings back the sessions of those who have signed in.
    private string sessions = "";

    /// <summary>Columns of the table, and who signs in for them; nobody for a stranger.</summary>
    public static IReadOnlyDictionary<string, string?> Actors { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["stranger"] = null, ["owner"] = Owner, ["no-domain"] = "none", ["other-domain"] = "other", ["own-domain"] = "own", ["superadmin"] = "root",
        ["only"] = "only", ["without"] = "without",
    };

    public static async Task<MatrixWorld> OfAsync(Panel panel)
    {
        var names = await panel.SqlAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1");
        var world = new MatrixWorld(panel, panel.Services.GetRequiredService<PasswordHasher>().Hash(Panel.Password), [.. names.Split('\n').Except(Apart)]);
        await world.RestoreAsync();
        return world;
    }

    /// <summary>A path with the names of what is there, or of what is not.</summary>
    public static string Path(string pattern, bool isThere)
    {
        var domain = isThere ? "own.example" : "absent.example";
        var ofAliasDomains = pattern.StartsWith("/alias-domains", StringComparison.Ordinal) || pattern.StartsWith("alias-domain", StringComparison.Ordinal);
        var ofRelayDomains = pattern.StartsWith("/relay-domains", StringComparison.Ordinal) || pattern.StartsWith("relay-domain", StringComparison.Ordinal);
        var ofAliases = pattern.StartsWith("/aliases", StringComparison.Ordinal) || pattern.StartsWith("alias ", StringComparison.Ordinal);
        return pattern
            .Replace("/{status:int?}", "", StringComparison.Ordinal)
            .Replace("{domain}", ofAliasDomains ? $"also.{domain}" : ofRelayDomains ? $"relay.{domain}" : domain, StringComparison.Ordinal)
            .Replace("{address}", (ofAliases ? "info@" : "bob@") + domain, StringComparison.Ordinal)
            .Replace("{gone}", "gone@" + domain, StringComparison.Ordinal)
            .Replace("{id}", isThere ? "1" : "999", StringComparison.Ordinal)
            .Replace("{target}", domain, StringComparison.Ordinal)
            .Replace("{id:long}", isThere ? "1" : "99", StringComparison.Ordinal)
            .Replace("{kind}", isThere ? "mailboxes" : "absent", StringComparison.Ordinal)
            .Replace("{login}", isThere ? "carl" : "absent", StringComparison.Ordinal);
    }

    /// <summary>What a refused request must leave as it was: every table, versions and audit entries included.</summary>
    public async Task<string> ChecksumAsync()
    {
        // Asked thousands of times: a client program each time would take longer than what is watched.
        await using var connection = new MariaDbConnection(panel.Server.ConnectionString(panel.Database));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CHECKSUM TABLE {string.Join(", ", tables.Where(t => t != "settings").Select(t => $"`{t}`"))}";
        var sums = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) sums.Add($"{reader.GetValue(0)} {reader.GetValue(1)}");
        }
        // Whose turn it is at the work that a panel does by itself is written down every few minutes.
        command.CommandText = "SELECT COALESCE(SUM(CRC32(CONCAT_WS('|', `key`, value, updated_at))), 0) FROM settings WHERE `key` NOT LIKE 'turn.%'";
        return string.Join('\n', [.. sums, $"settings {await command.ExecuteScalarAsync()}"]);
    }

    /// <summary>Keeps those signed in who are now: a handler that ends a session does so for one question.</summary>
    public async Task KeepSessionsAsync() => sessions = await panel.SqlAsync("""
        SELECT CONCAT('REPLACE INTO panel_sessions (id, account_id, stamp, has_second_factor, started_at, last_seen_at, source) VALUES ', GROUP_CONCAT(CONCAT_WS(',', CONCAT('(', id), account_id, QUOTE(stamp), has_second_factor, QUOTE(started_at), QUOTE(last_seen_at), CONCAT(QUOTE(source), ')'))), ';')
        FROM panel_sessions
        """);

    /// <summary>What the admin of column "only" may, and that of "without" may not.</summary>
    public DomainPermissions Needed { get; set; } = DomainPermissions.Usual;

    public Task RestoreAsync() => panel.SqlAsync(
        $"""
        START TRANSACTION;
        SET FOREIGN_KEY_CHECKS = 0;
        {string.Concat(tables.Append("sign_in_budgets").Select(t => $"DELETE FROM `{t}`;"))}
        SET FOREIGN_KEY_CHECKS = 1;
        INSERT INTO domains (id, name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES
          (1, 'own.example', 'hosted', NULL, NULL, 1, 1, 1, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)), (2, 'other.example', 'hosted', NULL, NULL, 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
          (3, 'also.own.example', 'alias', 1, 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        UPDATE domains SET welcome_language = 'en', owner_rights = {(int)(OwnerRights.Usual | OwnerRights.Aliases)} WHERE id = 1;
        INSERT INTO domains (id, name, kind, transport, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES
          (4, 'relay.own.example', 'relay', 'mx', 1, 1, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES (3, 'ann@relay.own.example', 4, 'relay_recipient', 1), (1, 'bob@own.example', 1, 'mailbox', 1), (2, 'info@own.example', 1, 'alias', 1);
        INSERT INTO mailboxes (id, address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
          VALUES (1, 1, 'mailbox', '{hash}', '2026-11-01', 'h', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        UPDATE mailboxes SET recovery_address = 'bob@home.example' WHERE id = 1;
        INSERT INTO notices (kind, mailbox_id, created_at, due_at, failures, refusal) VALUES ('welcome', 1, UTC_TIMESTAMP(6), NULL, 1, 'x');
        INSERT INTO aliases (id, address_id, kind, owner_address_id, version, created_at, updated_at) VALUES (1, 2, 'alias', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        INSERT INTO destinations (address_id, address, local_part, domain_name) VALUES (2, 'x@elsewhere.example', 'x', 'elsewhere.example');
        INSERT INTO dkim_keys (id, domain_id, selector, algorithm, public_key, sealed_private_key, state, seen_at, checked_at, active_since, version, created_at, updated_at) VALUES
          (1, 1, 'waits', 'ed25519', '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'x', 'waiting', '2026-11-21', '2026-11-21', NULL, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
          (2, 1, 'signs', 'ed25519', '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'x', 'active', NULL, NULL, '2026-11-21', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.net', UTC_TIMESTAMP(6)), ('spam_filter', 'rspamd', UTC_TIMESTAMP(6)), ('public.sealing-key', '3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=', UTC_TIMESTAMP(6));
        INSERT INTO app_passwords (id, mailbox_id, name, digest, allows_imap, allows_pop3, allows_smtp, allows_sieve, created_at) VALUES (1, 1, 'Phone', SHA2('x', 256), 1, 0, 1, 0, '2026-11-21');
        INSERT INTO mailbox_filters (id, mailbox_id, position, name, is_on, rule, version, created_at, updated_at) VALUES (1, 1, 1, 'Lists', 1, '{Rule}', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        INSERT INTO send_as_grants (mailbox_id, address, domain_id) VALUES (1, 'sales@own.example', 1);
        INSERT INTO accounts (id, login, kind, password_hash, security_stamp, is_active, version, created_at, updated_at) VALUES
          {string.Join(", ", Accounts().Select((a, i) => $"({i + 1}, '{a.Login}', '{a.Kind}', '{hash}', 'stamp-{a.Login}', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"))};
        INSERT INTO accounts (id, kind, mailbox_id, security_stamp, is_active, version, created_at, updated_at) VALUES ({OwnerAccount}, 'mailbox_owner', 1, 'stamp-bob', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        INSERT INTO passkeys (id, account_id, name, credential_id, credential_digest, public_key, sign_count, transports, is_backup_eligible, is_backed_up, last_challenge_at, created_at) VALUES (1, {OwnerAccount}, 'Phone', 'eA', SHA2('x', 256), 'eA', 0, '', 0, 0, '2026-11-21', '2026-11-21');
        INSERT INTO passkeys (id, account_id, name, credential_id, credential_digest, public_key, sign_count, transports, is_backup_eligible, is_backed_up, last_challenge_at, created_at) SELECT 2, id, 'Laptop', 'eQ', SHA2('y', 256), 'eQ', 0, '', 0, 0, '2026-11-21', '2026-11-21' FROM accounts WHERE login = 'carl';
        INSERT INTO recovery_codes (account_id, digest) VALUES ({OwnerAccount}, SHA2('aaaabbbbccccdddd', 256));
        INSERT INTO authenticators (account_id, sealed_secret, last_step, created_at) SELECT id, 'x', 0, '2026-11-21' FROM accounts WHERE login = 'carl';
        INSERT INTO domain_admins (account_id, domain_id) SELECT id, 2 FROM accounts WHERE login = 'other' UNION SELECT id, 1 FROM accounts WHERE login IN ('own', 'carl') UNION SELECT id, 4 FROM accounts WHERE login = 'own';
        INSERT INTO domain_admins (account_id, domain_id, permissions)
          SELECT a.id, d.id, IF(a.login = 'only', {(int)Needed}, {(int)(DomainPermissions.All & ~Needed)}) FROM accounts a, domains d WHERE a.login IN ('only', 'without') AND d.id IN (1, 4);
        INSERT INTO jobs (id, kind, action, selection, account_id, actor, request_id, state, total, done_count, refused_count, is_cancel_requested, fence, created_at, ended_at)
          SELECT 1, 'mailboxes', 'deactivate', '{"{}"}', id, 'own', 'r', 'done', 1, 1, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM accounts WHERE login = 'own';
        INSERT INTO imports (id, account_id, total, refused_count, expires_at, job_id, version, created_at, updated_at)
          SELECT 1, id, 1, 0, UTC_TIMESTAMP(6) + INTERVAL 1 DAY, NULL, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM accounts WHERE login = 'own'
          UNION SELECT 2, id, 1, 0, UTC_TIMESTAMP(6) + INTERVAL 1 DAY, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM accounts WHERE login = 'own';
        INSERT INTO domain_templates (id, name, form, version, created_at, updated_at) VALUES (1, 'Gold', '{"{}"}', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
        INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES (4, 'gone@own.example', 1, 'recycled', 0);
        INSERT INTO recycled_items (id, kind, name, domain_id, address_id, owner_id, was_active, home, bytes, mailbox_count, alias_count, deleted_at, deleted_by)
          VALUES (1, 'mailbox', 'gone@own.example', 1, 4, 2, 1, 'g', 0, 0, 0, UTC_TIMESTAMP(6), 'own');
        INSERT INTO audit_entries (id, at, actor, request_id, action, subject, domain_id) VALUES (1, UTC_TIMESTAMP(6), 'root', 'r', 'domain.create', 'own.example', 1);
        {sessions}
        COMMIT;
        """);

    /// <summary>carl is who /admins/{login} is about; mia keeps the superadmins from being one.</summary>
    private static IEnumerable<(string Login, string Kind)> Accounts() =>
        [("root", "superadmin"), ("mia", "superadmin"), ("carl", "domain_admin"), .. Actors.Values.OfType<string>().Where(l => l is not ("root" or Owner)).Select(l => (l, "domain_admin"))];
}
