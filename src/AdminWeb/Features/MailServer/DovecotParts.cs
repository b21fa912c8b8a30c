using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>What the files of dovecot/ say in the same words to Dovecot 2.3 and to 2.4.</summary>
internal static class DovecotParts
{
    /// <summary>What dovecot.conf is rendered from.</summary>
    public static readonly IReadOnlyList<string> MainSettings =
    [
        "host_name", "host_recipient", "recipient_delimiter", "user_connections", "tls_minimum", "spam_filter", "internal_smtp_listen", "imaps_listen", "imap_listen", "pop3s_listen", "managesieve_listen",
        "tls_certificate", "tls_key", "mail_uid", "mail_gid", "dovecot_directory", "dovecot_run_directory", "dovecot_state_directory", "log_directory",
    ];

    /// <summary>What the file that reports sign-ins is rendered from.</summary>
    public static readonly IReadOnlyList<string> SignInsSettings = ["sign_in_report", "sign_in_report_password"];

    /// <summary>People type their name in either case; auth_username_format makes it lower case only after this check.</summary>
    public const string UserNameCharacters = LocalPart.MailboxCharacters + "ABCDEFGHIJKLMNOPQRSTUVWXYZ@";

    private const string Folders = """
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Drafts {
            auto = subscribe
            special_use = \Drafts
          }
          mailbox Junk {
            auto = subscribe
            special_use = \Junk
          }
          mailbox Sent {
            auto = subscribe
            special_use = \Sent
          }
          mailbox Trash {
            auto = subscribe
            special_use = \Trash
          }
        }

        """;

    /// <summary>The processes behind the listeners, and the sockets that Postfix uses.</summary>
    public const string Services = """
        # Argon2id with 64 MiB or more has to fit beside the process itself.
        service auth {
          vsz_limit = 512M
          client_limit = 30000
          unix_listener auth-postfix {
            mode = 0660
            user = postfix
            group = postfix
          }
        }
        service auth-worker {
          vsz_limit = 512M
        }
        # A wrong password costs two seconds. The further penalty for its whole address would grow past the ten seconds
        # that Postfix waits for an answer: one bad client would keep all others behind its address from sending.
        auth_failure_delay = 2 secs
        service anvil {
          client_limit = 30000
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service lmtp {
          unix_listener lmtp {
            mode = 0660
            user = postfix
            group = postfix
          }
        }
        service quota-status {
          executable = quota-status -p postfix
          client_limit = 1
          unix_listener quota-status {
            mode = 0660
            user = postfix
            group = postfix
          }
        }

        """;

    /// <summary>Where it lives, what it is called, and that TLS is a must.</summary>
    public static string Head(MailServerSettings settings) => $"""
        base_dir = {settings.DovecotRunDirectory}
        state_dir = {settings.DovecotStateDirectory}
        log_path = {settings.LogDirectory}/dovecot.log
        hostname = {settings.HostName}
        protocols = imap pop3 lmtp sieve
        ssl = required

        """;

    /// <summary>How mail gets in and out, and the folders that everybody has.</summary>
    public static string Delivery(MailServerSettings settings) => $"""
        recipient_delimiter = {settings.RecipientDelimiter.Sign}
        lmtp_rcpt_check_quota = yes
        # Programs show folders that are subscribed: what a rule or a script makes while mail arrives is, too.
        lda_mailbox_autosubscribe = yes
        # What does not fit waits with the sender instead of bouncing: it may have come by an alias.
        quota_full_tempfail = yes
        submission_host = {settings.InternalSmtp}

        {Folders}
        """;

    public static string Ids(MailServerSettings settings) => $"""
        # Mail belongs to one account of the host. Homes come from the database and never change.
        first_valid_uid = {settings.MailUid}
        last_valid_uid = {settings.MailUid}
        first_valid_gid = {settings.MailGid}
        last_valid_gid = {settings.MailGid}

        """;

    /// <summary>The head of the file that has the panel asked before a password is looked at, and told afterwards. What the panel does itself (master) is nobody's sign-in.</summary>
    public static string SignInsNote { get; } = GeneratedNote.For("Dovecot: asks the panel before it looks at a password, and reports sign-ins to it.");

    public static string NoSignIns { get; } = SignInsNote + "# Off: the setting sign_in_report is none.\n";

    /// <summary>The panel is asked before and told afterwards. Where it does not answer in two seconds, the password is looked at. Of a password it hears twelve bits of a digest, which tell two wrong ones apart and nobody what they were.</summary>
    public static string PolicyChecks(MailServerSettings settings) => $"""
        auth_policy_hash_nonce = {Nonce(settings.SignInReportPassword)}
        auth_policy_hash_truncate = 12
        auth_policy_check_before_auth = yes
        auth_policy_check_after_auth = no
        auth_policy_report_after_auth = yes
        auth_policy_reject_on_fail = no

        """;

    private static string Nonce(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"nonce\n{secret}")))[..32];

    public static string ReportUrl(MailServerSettings settings, Endpoint panel) => $"http://dovecot:{settings.SignInReportPassword}@{panel}/daemons/sign-ins";

    /// <summary>The services that people connect to.</summary>
    /// <param name="address">What Dovecot calls the address of a listener: "address" in 2.3, "listen" in 2.4.</param>
    /// <param name="manyConnections">How a process is told to take one connection after the other, without end.</param>
    public static string Logins(MailServerSettings settings, string address, string manyConnections) => $$"""
        # One process carries many connections: by default each over TLS keeps one, and there may be no more than a
        # hundred. Three of these services at ten processes of a thousand connections, and as many sign-ins, are 30,000.
        service imap-login {
          {{manyConnections}}
          process_min_avail = 2
          process_limit = 10
          client_limit = 1000
        {{Listener("imap", settings.Imap, tls: false, address)}}{{Listener("imaps", settings.Imaps, tls: true, address)}}}
        service imap {
          process_limit = 8192
        }
        service pop3-login {
          {{manyConnections}}
          process_min_avail = 1
          process_limit = 10
          client_limit = 1000
        {{Listener("pop3", null, tls: false, address)}}{{Listener("pop3s", settings.Pop3s, tls: true, address)}}}
        service managesieve-login {
          {{manyConnections}}
          process_limit = 10
          client_limit = 1000
        {{Listener("sieve", settings.ManageSieve, tls: false, address)}}}
        # user_connections: of one person from one address, by each protocol.
        mail_max_userip_connections = {{settings.UserConnections}}

        """;

    /// <summary>Port 0 is Dovecot's way to say that a service is not offered.</summary>
    private static string Listener(string name, Endpoint? endpoint, bool tls, string address) =>
        $"  inet_listener {name} {{\n"
        + (endpoint is null ? "    port = 0\n" : $"    {address} = {endpoint.DovecotAddress}\n    port = {endpoint.Port}\n")
        + (tls ? "    ssl = yes\n" : "")
        + "  }\n";
}
