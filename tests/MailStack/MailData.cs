using System.Globalization;
using System.Text;
using AdminPanel.Tests.Support;

namespace AdminPanel.Tests.MailStack;

/// <summary>Rows of the mail schema, written by SQL: what the daemons read, without the panel's own code in between.</summary>
internal sealed class MailData
{
    /// <summary>The password of every mailbox made here; stored in clear, so that a sign-in costs no hash.</summary>
    public const string Password = "a password for tests";

    private readonly StringBuilder sql = new();
    private static int domains;

    /// <summary>A name that no other test has.</summary>
    public static string NewDomain() => string.Create(CultureInfo.InvariantCulture, $"own{Interlocked.Increment(ref domains)}.example");

    public MailData Domain(string name, bool isActive = true, string? target = null)
    {
        var (kind, id, targetKind) = target is null ? ("hosted", "NULL", "NULL") : ("alias", $"(SELECT t.id FROM domains t WHERE t.name = '{target}')", "'hosted'");
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            INSERT INTO domains (name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            SELECT '{name}', '{kind}', {id}, {targetKind}, {(isActive ? 1 : 0)}, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6);
            """);
        return this;
    }

    /// <param name="home">Below the mail root.</param>
    public MailData Mailbox(string address, string home, bool isActive = true, bool keepsCopy = true, long? quota = null, IReadOnlyList<string>? forwards = null)
    {
        Address(address, "mailbox", isActive, forwards ?? []);
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, quota_bytes, keeps_copy, version, created_at, updated_at)
            SELECT id, kind, '{"{PLAIN}" + Password}', UTC_TIMESTAMP(6), '{home}', {quota?.ToString(CultureInfo.InvariantCulture) ?? "NULL"}, {(keepsCopy ? 1 : 0)}, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
            FROM addresses WHERE address = {Text(address)};
            """);
        return this;
    }

    /// <param name="address">"@domain" is the domain's catch-all.</param>
    public MailData Alias(string address, IReadOnlyList<string> destinations, bool isActive = true)
    {
        Address(address, address.StartsWith('@') ? "catch_all" : "alias", isActive, destinations);
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            INSERT INTO aliases (address_id, kind, version, created_at, updated_at)
            SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE address = {Text(address)};
            """);
        return this;
    }

    /// <summary>A domain whose recipients' mail goes on to one host; without one, to those of its MX records.</summary>
    public MailData RelayDomain(string name, string? host = null, int? port = null, bool isActive = true)
    {
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            INSERT INTO domains (name, kind, is_active, transport, transport_host, transport_port, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            SELECT '{name}', 'relay', {(isActive ? 1 : 0)}, '{(host is null ? "mx" : "smtp")}', {(host is null ? "NULL" : $"'{host}'")}, {port?.ToString(CultureInfo.InvariantCulture) ?? "NULL"}, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6);
            """);
        return this;
    }

    public MailData Recipient(string address, bool isActive = true)
    {
        Address(address, "relay_recipient", isActive, []);
        return this;
    }

    /// <summary>Makes a hosted domain one that refuses everything.</summary>
    public MailData Refusing(string domain)
    {
        sql.AppendLine(CultureInfo.InvariantCulture, $"UPDATE domains SET transport = 'error' WHERE name = '{domain}';");
        return this;
    }

    public MailData Group(string address)
    {
        Alias(address, []);
        sql.AppendLine(CultureInfo.InvariantCulture, $"UPDATE addresses SET is_group = 1 WHERE address = {Text(address)};");
        return this;
    }

    /// <summary>So many mailboxes at once: m1, m2, ...</summary>
    public MailData Mailboxes(string domain, int count)
    {
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('m', seq, '@{domain}'), d.id, 'mailbox', 1 FROM seq_1_to_{count}, domains d WHERE d.name = '{domain}';
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
            SELECT id, kind, 'x', UTC_TIMESTAMP(6), CONCAT('{domain}/', id), 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE address LIKE 'm%@{domain}';
            """);
        return this;
    }

    public MailData Internal(string address)
    {
        sql.AppendLine(CultureInfo.InvariantCulture, $"UPDATE addresses SET is_internal = 1 WHERE address = {Text(address)};");
        return this;
    }

    /// <param name="sender">An address, or "@domain" for all of a domain; the domain is there.</param>
    public MailData Grant(string mailbox, string sender)
    {
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            INSERT INTO send_as_grants (mailbox_id, address, domain_id) SELECT m.id, {Text(sender)}, d.id
            FROM addresses a JOIN mailboxes m ON m.address_id = a.id, domains d WHERE a.address = {Text(mailbox)} AND d.name = '{sender[(sender.LastIndexOf('@') + 1)..]}';
            """);
        return this;
    }

    public MailData MembersMaySend(string address)
    {
        sql.AppendLine(CultureInfo.InvariantCulture, $"UPDATE addresses SET members_may_send = 1 WHERE address = {Text(address)};");
        return this;
    }

    /// <summary>Gives an address dates, as hours from now: near enough that a comparison in the server's own zone would go wrong.</summary>
    public MailData Dates(string address, int? from = null, int? until = null)
    {
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            UPDATE addresses SET active_from = UTC_TIMESTAMP(6) + INTERVAL {Hours(from)} HOUR, active_until = UTC_TIMESTAMP(6) + INTERVAL {Hours(until)} HOUR WHERE address = {Text(address)};
            """);
        return this;

        static string Hours(int? hours) => hours?.ToString(CultureInfo.InvariantCulture) ?? "NULL";
    }

    public Task WriteAsync(TrialInstance instance) => instance.ExecuteAsync(sql.ToString());

    public override string ToString() => sql.ToString();

    private void Address(string address, string kind, bool isActive, IReadOnlyList<string> destinations)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT {Text(address)}, id, '{kind}', {(isActive ? 1 : 0)} FROM domains WHERE name = '{domain}';
            """);
        foreach (var destination in destinations)
        {
            var parts = destination.Split('@');
            sql.AppendLine(CultureInfo.InvariantCulture, $"""
                INSERT INTO destinations (address_id, address, local_part, domain_name) SELECT id, {Text(destination)}, {Text(parts[0])}, '{parts[1]}' FROM addresses WHERE address = {Text(address)};
                """);
        }
    }

    private static string Text(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
