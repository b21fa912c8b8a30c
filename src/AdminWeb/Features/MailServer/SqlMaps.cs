using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// The lookup tables: the templates of sql-maps/, where their SQL stands, with the {{placeholders}} filled in.
/// </summary>
public static partial class SqlMaps
{
    private static readonly string[] DatabaseSettings = ["database_hosts", "database_name"];

    public static readonly IReadOnlyList<string> PostfixSettings = [.. DatabaseSettings, "postfix_user", "postfix_password"];

    // Beside PostfixSettings, by the name of the template.
    private static readonly Dictionary<string, string> OwnSettings = new()
    {
        ["plain_alias_maps.cf"] = RecipientDelimiter.Key,
        ["smtpd_sender_login_maps.cf"] = RecipientDelimiter.Key,
        ["virtual_alias_maps.cf"] = RecipientDelimiter.Key,
        ["virtual_mailbox_maps.cf"] = RecipientDelimiter.Key,
        ["transport_maps.cf"] = "mx_relayhost",
        ["virtual_mailbox_domains.cf"] = "relay_domains",
    };

    public static readonly IReadOnlyList<string> DovecotSettings = [.. DatabaseSettings, "dovecot_user", "dovecot_password", "mail_root", "mail_uid", "mail_gid"];

    public static readonly IReadOnlyList<string> DovecotDictSettings = [.. DatabaseSettings, "dovecot_user", "dovecot_password"];

    public static readonly IReadOnlyList<string> GrantsSettings = ["database_name", "postfix_user", "postfix_password", "dovecot_user", "dovecot_password"];

    /// <summary>The settings that one of Postfix's tables is rendered from.</summary>
    public static IReadOnlyList<string> SettingsOf(string name) => OwnSettings.TryGetValue(name, out var own) ? [.. PostfixSettings, own] : PostfixSettings;

    /// <summary>One of Postfix's tables, mysql_table(5).</summary>
    /// <param name="takesInternal">Whether addresses that are internal are answered: to everybody but strangers on port 25.</param>
    public static string RenderPostfix(string template, MailServerSettings settings, bool takesInternal = true) =>
        GeneratedNote.For("Postfix: a lookup table, mysql_table(5).") + Fill(template, new()
        {
            ["hosts"] = settings.DatabaseHosts.Postfix,
            ["user"] = settings.PostfixUser,
            ["password"] = settings.PostfixPassword,
            ["dbname"] = settings.DatabaseName,
            ["recipient_delimiter"] = settings.RecipientDelimiter.Sign,
            ["takes_internal"] = takesInternal ? "1" : "0",
            ["relay_domains"] = settings.RelayDomains ? "1" : "0",
            ["mx_relayhost"] = settings.MxRelayhost,
        });

    /// <summary>dovecot-sql.conf.ext: passdb, userdb and the list of all mailboxes. The template says for which Dovecot.</summary>
    public static string RenderDovecot(string template, MailServerSettings settings) =>
        GeneratedNote.For("Dovecot: the SQL of passdb and userdb.") + Fill(template, new()
        {
            ["connect"] = Connect(settings),
            ["mysql"] = Blocks(settings),
            ["mail_root"] = settings.MailRoot,
            ["mail_uid"] = settings.MailUid.ToString(CultureInfo.InvariantCulture),
            ["mail_gid"] = settings.MailGid.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>dovecot-dict-sql.conf.ext: the tables that usage and last logins are written to.</summary>
    public static string RenderDovecotDict(string template, MailServerSettings settings) =>
        GeneratedNote.For("Dovecot: where it writes usage and last logins.") + Fill(template, new() { ["connect"] = Connect(settings) });

    /// <summary>grants.sql: the daemons' accounts in the database.</summary>
    public static string RenderGrants(string template, MailServerSettings settings) =>
        GeneratedNote.For("MariaDB: the daemons' accounts and what they may read.", "--") + Fill(template, new()
        {
            ["dbname"] = settings.DatabaseName,
            ["postfix_user"] = settings.PostfixUser,
            ["postfix_password"] = settings.PostfixPassword,
            ["dovecot_user"] = settings.DovecotUser,
            ["dovecot_password"] = settings.DovecotPassword,
        });

    // Dovecot 2.3 reads one line that names all hosts, Dovecot 2.4 a block for each.
    private static string Connect(MailServerSettings settings) =>
        $"{settings.DatabaseHosts.Dovecot} dbname={settings.DatabaseName} user={settings.DovecotUser} password={settings.DovecotPassword}";

    private static string Blocks(MailServerSettings settings) => string.Concat(settings.DatabaseHosts.Each.Select(at => $$"""
        mysql {{at.Host}} {
        {{(at.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"  port = {port}\n") : "")}}  dbname = {{settings.DatabaseName}}
          user = {{settings.DovecotUser}}
          password = {{settings.DovecotPassword}}
        }

        """)).TrimEnd('\n');

    private static string Fill(string template, Dictionary<string, string> values) => Placeholder().Replace(template, match =>
        values.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw new FormatException($"A template of sql-maps has a placeholder that nothing fills: {match.Value}."));

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
