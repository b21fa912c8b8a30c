namespace AdminPanel.Web.Features.MailServer;

/// <summary>Who may say what a setting is.</summary>
public enum SettingSource
{
    /// <summary>The panel's settings table, the configuration, or --set.</summary>
    Panel,

    /// <summary>The host's configuration or --set: whoever may write the database does not choose directories and ids of the host.</summary>
    Host,

    /// <summary>The host's configuration alone: an argument would be seen in the list of processes.</summary>
    Secret,
}

/// <summary>One setting of the mail server.</summary>
/// <param name="Key">As in the settings table, in "MailServer:KEY" of the configuration, and in --set KEY=VALUE.</param>
/// <param name="Default">Null where nothing but a choice will do.</param>
/// <param name="Wanted">What a value looks like, for the sentence that refuses another.</param>
/// <param name="Accepts">Whether a value has that shape.</param>
public sealed record SettingDefinition(string Key, SettingSource Source, string? Default, string Wanted, Func<string, bool> Accepts);

/// <summary>All settings of the mail server, their defaults on a Debian host, and their shapes.</summary>
public static class SettingCatalogue
{
    public static readonly IReadOnlyList<SettingDefinition> All =
    [
        Panel("host_name", null, "the host's full name in lower case, as in mail.example.org", text => SettingValue.IsHostName(text, out _)),
        Panel("host_recipient", null, "an address of letters, digits and . _ = - in another domain, as in admin@example.org", text => SettingValue.IsRecipient(text, out _)),
        Panel("message_size_limit", "52428800", "bytes, from 1048576 to 1073741824", text => SettingValue.IsMessageSize(text, out _)),
        Panel("relayhost", "none", "none, or the next hop in brackets, as in [relay.example.org]:587", text => text == "none" || SettingValue.IsRelayhost(text)),
        Panel("relay_domains", "no", "yes or no", text => text is "yes" or "no"),
        Panel("mx_relayhost", "none", "none, or the next hop in brackets, as in [relay.example.org]:25", text => text == "none" || SettingValue.IsRelayhost(text)),

        Host("smtp_listen", "*:25", Listen, IsEndpoint),
        Host("submission_listen", "*:587", Listen, IsEndpoint),
        Host("submissions_listen", "*:465", Listen, IsEndpoint),
        Host("internal_smtp_listen", "127.0.0.1:10025", "an address of the loopback network and a port, as in 127.0.0.1:10025", IsLoopback),
        Host("imaps_listen", "*:993", Listen, IsEndpoint),
        Host("imap_listen", "none", OptionalListen, text => SettingValue.IsOptionalEndpoint(text, out _)),
        Host("pop3s_listen", "none", OptionalListen, text => SettingValue.IsOptionalEndpoint(text, out _)),
        Host("managesieve_listen", "*:4190", OptionalListen, text => SettingValue.IsOptionalEndpoint(text, out _)),
        Host("sign_in_report", "none", "none, or the panel's address of the loopback network and its port, as in 127.0.0.1:8080", text => text == "none" || IsLoopback(text)),
        Host("tls_certificate", "/etc/ssl/certs/adminpanel-mail.pem", AbsolutePath, SettingValue.IsPath),
        Host("tls_key", "/etc/ssl/private/adminpanel-mail.key", AbsolutePath, SettingValue.IsPath),
        Host("mail_root", "/var/vmail", AbsolutePath, SettingValue.IsPath),
        Host("mail_uid", "5000", AccountId, text => SettingValue.IsAccountId(text, out _)),
        Host("mail_gid", "5000", AccountId, text => SettingValue.IsAccountId(text, out _)),
        Host("postfix_queue_directory", "/var/spool/postfix", AbsolutePath, SettingValue.IsPath),
        Host("postfix_data_directory", "/var/lib/postfix", AbsolutePath, SettingValue.IsPath),
        Host("dovecot_directory", "/etc/dovecot", AbsolutePath, SettingValue.IsPath),
        Host("dovecot_run_directory", "/run/dovecot", SocketDirectory, SettingValue.IsSocketDirectory),
        Host("dovecot_state_directory", "/var/lib/dovecot", AbsolutePath, SettingValue.IsPath),
        Host("log_directory", "/var/log", AbsolutePath, SettingValue.IsPath),
        Host("database_hosts", "unix:/run/mysqld/mysqld.sock", "unix:/path/of/the/socket, or hosts as in db1.example.org:3306,db2.example.org:3306", text => DatabaseHosts.TryParse(text, out _)),
        Host("database_name", "adminpanel", Identifier, SettingValue.IsIdentifier),
        Host("postfix_user", "adminpanel_postfix", Identifier, SettingValue.IsIdentifier),
        Host("dovecot_user", "adminpanel_dovecot", Identifier, SettingValue.IsIdentifier),

        new("postfix_password", SettingSource.Secret, null, Password, SettingValue.IsSecret),
        new("dovecot_password", SettingSource.Secret, null, Password, SettingValue.IsSecret),
        new("sign_in_report_password", SettingSource.Secret, "none", "none, or " + Password, text => text == "none" || SettingValue.IsSecret(text)),
    ];

    private const string Listen = "an address and a port, as in 192.0.2.1:25, [2001:db8::1]:25 or *:25";
    private const string OptionalListen = "none, or " + Listen;
    private const string AbsolutePath = "an absolute path of letters, digits and . _ @ + -";
    private const string SocketDirectory = AbsolutePath + ", at most 80 characters long";
    private const string AccountId = "a number from 100 to 65533";
    private const string Identifier = "lower-case letters, digits and _, a letter first";
    private const string Password = "16 to 128 letters, digits and . _ -";

    /// <returns>Null when there is no such setting.</returns>
    public static SettingDefinition? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);

    private static SettingDefinition Panel(string key, string? otherwise, string wanted, Func<string, bool> accepts) =>
        new(key, SettingSource.Panel, otherwise, wanted, accepts);

    private static SettingDefinition Host(string key, string? otherwise, string wanted, Func<string, bool> accepts) =>
        new(key, SettingSource.Host, otherwise, wanted, accepts);

    private static bool IsEndpoint(string text) => Endpoint.TryParse(text, out _);

    // Whoever connects there may send anywhere.
    private static bool IsLoopback(string text) =>
        Endpoint.TryParse(text, out var endpoint) && endpoint.Address is { } address && System.Net.IPAddress.IsLoopback(address);
}
