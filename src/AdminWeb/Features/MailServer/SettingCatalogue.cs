using AdminPanel.Data.Addresses;

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

/// <summary>What a setting is about: a heading of the settings page.</summary>
public enum SettingGroup
{
    Identity,
    Receiving,
    Sending,
    Limits,
    Spam,
    Services,
    Files,
    Database,
}

/// <summary>One setting of the mail server.</summary>
/// <param name="Key">As in the settings table, in "MailServer:KEY" of the configuration, and in --set KEY=VALUE.</param>
/// <param name="Default">Null where nothing but a choice will do.</param>
/// <param name="DefaultOnFreeBsd">Null where it is the same there.</param>
public sealed record SettingDefinition(string Key, SettingSource Source, SettingGroup Group, string? Default, SettingShape Shape, string? DefaultOnFreeBsd = null)
{
    /// <summary>Whether neither the configuration nor --set may say it: the panel's own queries read it in the settings table.</summary>
    public bool IsInTableAlone { get; init; }

    /// <param name="paths">The value of the setting <see cref="HostPaths.Key"/>; null is its default.</param>
    public string? DefaultOn(string? paths) => paths == HostPaths.OnFreeBsd && DefaultOnFreeBsd is not null ? DefaultOnFreeBsd : Default;

    /// <summary>What a value looks like, for the sentence that refuses another.</summary>
    public string Wanted => Shape.Wanted;

    /// <summary>Whether a value has the shape.</summary>
    public bool Accepts(string text) => Shape.Accepts(text);
}

/// <summary>All settings of the mail server, their defaults on a Debian host and where those of FreeBSD differ, and their shapes.</summary>
public static class SettingCatalogue
{
    public static readonly IReadOnlyList<SettingDefinition> All =
    [
        Panel("host_name", SettingGroup.Identity, null, SettingShape.HostName),
        Panel("host_recipient", SettingGroup.Identity, null, SettingShape.Recipient),
        // For DNS records alone: no daemon reads them.
        Panel("public_addresses", SettingGroup.Identity, "none", SettingShape.PublicAddresses),
        Panel("certificate_authorities", SettingGroup.Identity, "none", SettingShape.Authorities),
        Panel("message_size_limit", SettingGroup.Receiving, "52428800", SettingShape.MessageSize),
        Panel(RecipientDelimiter.Key, SettingGroup.Receiving, RecipientDelimiter.Default, SettingShape.Delimiter) with { IsInTableAlone = true },
        Panel("relay_domains", SettingGroup.Receiving, "no", SettingShape.YesNo),
        Panel("mx_relayhost", SettingGroup.Receiving, "none", SettingShape.NextHop),
        Panel("relayhost", SettingGroup.Sending, "none", SettingShape.NextHop),
        Panel(Signers.Key, SettingGroup.Sending, "rspamd", SettingShape.Signer),
        // A mail program that sends to a club's members stays below; a stolen password does not.
        Panel("outbound_rate", SettingGroup.Sending, "200", SettingShape.Rate),
        // A company behind one address, or a provider that forwards for many, stays below; a flood does not.
        Panel("client_connection_rate", SettingGroup.Limits, "300", SettingShape.Rate),
        Panel("client_message_rate", SettingGroup.Limits, "600", SettingShape.Rate),
        // Some mail programs open five connections, and a household has several of them behind one address.
        Panel("user_connections", SettingGroup.Limits, "20", SettingShape.Connections),
        Panel("tls_minimum", SettingGroup.Limits, "1.2", SettingShape.TlsMinimum),
        Panel("dns_block_lists", SettingGroup.Spam, "none", SettingShape.BlockLists),
        Panel("spam_filter", SettingGroup.Spam, "none", SettingShape.SpamFilter),
        Panel("spam_network_checks", SettingGroup.Spam, "yes", SettingShape.YesNo),

        Host("smtp_listen", SettingGroup.Services, "*:25", SettingShape.Listen),
        Host("submission_listen", SettingGroup.Services, "*:587", SettingShape.Listen),
        Host("submissions_listen", SettingGroup.Services, "*:465", SettingShape.Listen),
        Host("internal_smtp_listen", SettingGroup.Services, "127.0.0.1:10025", SettingShape.Loopback),
        Host("imaps_listen", SettingGroup.Services, "*:993", SettingShape.Listen),
        Host("imap_listen", SettingGroup.Services, "none", SettingShape.OptionalListen),
        Host("pop3s_listen", SettingGroup.Services, "none", SettingShape.OptionalListen),
        Host("managesieve_listen", SettingGroup.Services, "*:4190", SettingShape.OptionalListen),
        // Not the panel's to choose: whoever took it over would have a copy of every message sent anywhere.
        Host("milters_before", SettingGroup.Services, "none", SettingShape.Milters),
        Host("milters_after", SettingGroup.Services, "none", SettingShape.Milters),
        Host("milters_away", SettingGroup.Services, "tempfail", SettingShape.WhileAway),
        Host("sign_in_report", SettingGroup.Services, "none", SettingShape.OptionalLoopback),
        Host(HostPaths.Key, SettingGroup.Files, HostPaths.OnDebian, SettingShape.Paths),
        Host("tls_certificate", SettingGroup.Files, "/etc/ssl/certs/adminpanel-mail.pem", SettingShape.Path, "/usr/local/etc/ssl/adminpanel-mail.pem"),
        Host("tls_key", SettingGroup.Files, "/etc/ssl/private/adminpanel-mail.key", SettingShape.Path, "/usr/local/etc/ssl/adminpanel-mail.key"),
        Host("mail_root", SettingGroup.Files, "/var/vmail", SettingShape.Path),
        Host("mail_uid", SettingGroup.Files, "5000", SettingShape.AccountId),
        Host("mail_gid", SettingGroup.Files, "5000", SettingShape.AccountId),
        Host("apply_directory", SettingGroup.Files, "/etc/adminpanel", SettingShape.Path, "/usr/local/etc/adminpanel"),
        Host("postfix_directory", SettingGroup.Files, "/etc/postfix", SettingShape.Path, "/usr/local/etc/postfix"),
        Host("postfix_queue_directory", SettingGroup.Files, "/var/spool/postfix", SettingShape.Path),
        Host("postfix_data_directory", SettingGroup.Files, "/var/lib/postfix", SettingShape.Path, "/var/db/postfix"),
        Host("dovecot_directory", SettingGroup.Files, "/etc/dovecot", SettingShape.Path, "/usr/local/etc/dovecot"),
        Host("dovecot_run_directory", SettingGroup.Files, "/run/dovecot", SettingShape.SocketDirectory, "/var/run/dovecot"),
        Host("dovecot_state_directory", SettingGroup.Files, "/var/lib/dovecot", SettingShape.Path, "/var/db/dovecot"),
        Host("rspamd_directory", SettingGroup.Files, "/etc/rspamd", SettingShape.Path, "/usr/local/etc/rspamd"),
        Host("rspamd_run_directory", SettingGroup.Files, "/run/rspamd", SettingShape.SocketDirectory, "/var/run/rspamd"),
        Host("rspamd_state_directory", SettingGroup.Files, "/var/lib/rspamd", SettingShape.Path, "/var/db/rspamd"),
        // Of opendkim.conf, where its unit of systemd looks for it.
        Host("opendkim_directory", SettingGroup.Files, "/etc", SettingShape.Path, "/usr/local/etc/mail"),
        Host("opendkim_run_directory", SettingGroup.Files, "/run/opendkim", SettingShape.Path, "/var/run/milteropendkim"),
        Host("dkim_directory", SettingGroup.Files, "/etc/adminpanel/dkim", SettingShape.Path, "/usr/local/etc/adminpanel/dkim"),
        Host("sealing_key", SettingGroup.Files, "/etc/adminpanel/sealing.key", SettingShape.Path, "/usr/local/etc/adminpanel/sealing.key"),
        Host("redis_directory", SettingGroup.Files, "/etc/redis", SettingShape.Path, "/usr/local/etc/redis"),
        Host("redis_run_directory", SettingGroup.Files, "/run/redis", SettingShape.SocketDirectory, "/var/run/redis"),
        Host("redis_state_directory", SettingGroup.Files, "/var/lib/redis", SettingShape.Path, "/var/db/redis"),
        Host("log_directory", SettingGroup.Files, "/var/log", SettingShape.Path),
        Host("database_hosts", SettingGroup.Database, "unix:/run/mysqld/mysqld.sock", SettingShape.DatabaseHost, "unix:/var/run/mysql/mysql.sock"),
        Host("database_name", SettingGroup.Database, "adminpanel", SettingShape.Identifier),
        Host("postfix_user", SettingGroup.Database, "adminpanel_postfix", SettingShape.Identifier),
        Host("dovecot_user", SettingGroup.Database, "adminpanel_dovecot", SettingShape.Identifier),

        new("postfix_password", SettingSource.Secret, SettingGroup.Database, null, SettingShape.Password),
        new("dovecot_password", SettingSource.Secret, SettingGroup.Database, null, SettingShape.Password),
        new("sign_in_report_password", SettingSource.Secret, SettingGroup.Services, "none", SettingShape.OptionalPassword),
        new(PanelScripts.Key, SettingSource.Secret, SettingGroup.Services, "none", SettingShape.OptionalPassword),
    ];

    /// <summary>Those that the panel decides.</summary>
    public static readonly IReadOnlyList<SettingDefinition> OfPanel = [.. All.Where(setting => setting.Source == SettingSource.Panel)];

    /// <returns>Null when there is no such setting.</returns>
    public static SettingDefinition? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);

    private static SettingDefinition Panel(string key, SettingGroup group, string? otherwise, SettingShape shape) => new(key, SettingSource.Panel, group, otherwise, shape);

    private static SettingDefinition Host(string key, SettingGroup group, string? otherwise, SettingShape shape, string? onFreeBsd = null) => new(key, SettingSource.Host, group, otherwise, shape, onFreeBsd);
}
