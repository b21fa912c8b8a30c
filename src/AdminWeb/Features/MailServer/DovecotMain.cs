using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>dovecot/dovecot.conf, for Dovecot 2.3.</summary>
public static class DovecotMain
{
    public static readonly IReadOnlyList<string> Settings =
    [
        "host_name", "host_recipient", "internal_smtp_listen", "imaps_listen", "imap_listen", "pop3s_listen", "managesieve_listen",
        "tls_certificate", "tls_key", "mail_uid", "mail_gid", "dovecot_directory", "dovecot_run_directory", "dovecot_state_directory", "log_directory",
    ];

    // People type their name in either case; auth_username_format makes it lower case only after this check.
    private const string UserNameCharacters = LocalPart.MailboxCharacters + "ABCDEFGHIJKLMNOPQRSTUVWXYZ@";

    public static string Render(MailServerSettings settings) => $$"""
        {{GeneratedNote.For("Dovecot 2.3: the whole configuration.")}}base_dir = {{settings.DovecotRunDirectory}}
        state_dir = {{settings.DovecotStateDirectory}}
        log_path = {{settings.LogDirectory}}/dovecot.log
        hostname = {{settings.HostName}}
        protocols = imap pop3 lmtp sieve
        ssl = required
        ssl_cert = <{{settings.TlsCertificate}}
        ssl_key = <{{settings.TlsKey}}
        ssl_min_protocol = TLSv1.2
        disable_plaintext_auth = yes

        # Who may sign in. The database is asked every time: a cached answer would let in somebody who was locked out.
        auth_mechanisms = plain login
        auth_username_format = %Lu
        auth_username_chars = "{{UserNameCharacters}}"
        auth_cache_size = 0
        auth_verbose = yes
        passdb {
          driver = sql
          args = {{settings.DovecotDirectory}}/dovecot-sql.conf.ext
        }
        userdb {
          driver = prefetch
        }
        userdb {
          driver = sql
          args = {{settings.DovecotDirectory}}/dovecot-sql.conf.ext
        }

        # A program without the right to read it (doveconf, as somebody) goes without.
        !include_try {{settings.DovecotDirectory}}/dovecot-sign-ins.conf.ext

        # Mail belongs to one account of the host. Homes come from the database and never change.
        first_valid_uid = {{settings.MailUid}}
        last_valid_uid = {{settings.MailUid}}
        first_valid_gid = {{settings.MailGid}}
        last_valid_gid = {{settings.MailGid}}
        mail_location = maildir:~/Maildir
        # The panel shows what quota_clone and last_login write down.
        mail_plugins = quota quota_clone
        recipient_delimiter = {{SqlMaps.RecipientDelimiter}}
        lmtp_rcpt_check_quota = yes
        # What does not fit waits with the sender instead of bouncing: it may have come by an alias.
        quota_full_tempfail = yes
        submission_host = {{settings.InternalSmtp}}

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

        # Argon2id with 64 MiB or more has to fit beside the process itself.
        service auth {
          vsz_limit = 512M
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
        service imap-login {
        {{Listener("imap", settings.Imap, tls: false)}}{{Listener("imaps", settings.Imaps, tls: true)}}}
        service pop3-login {
        {{Listener("pop3", null, tls: false)}}{{Listener("pop3s", settings.Pop3s, tls: true)}}}
        service managesieve-login {
        {{Listener("sieve", settings.ManageSieve, tls: false)}}}

        protocol imap {
          mail_plugins = $mail_plugins imap_quota last_login
        }
        protocol pop3 {
          mail_plugins = $mail_plugins last_login
        }
        protocol lmtp {
          mail_plugins = $mail_plugins sieve
          postmaster_address = {{settings.HostRecipient}}
        }
        dict {
          panel = mysql:{{settings.DovecotDirectory}}/dovecot-dict-sql.conf.ext
        }
        plugin {
          quota_clone_dict = proxy::panel
          last_login_dict = proxy::panel
          last_login_key = last-login/%u/%s
          quota = count:User quota
          quota_vsizes = yes
          quota_grace = 0
          quota_status_success = DUNNO
          quota_status_nouser = DUNNO
          quota_status_overquota = "452 4.2.2 Mailbox is full"
          sieve = file:~/sieve;active=~/.dovecot.sieve
        }

        """;

    /// <summary>Port 0 is Dovecot's way to say that a service is not offered.</summary>
    private static string Listener(string name, Endpoint? endpoint, bool tls) =>
        $"  inet_listener {name} {{\n"
        + (endpoint is null ? "    port = 0\n" : $"    address = {endpoint.DovecotAddress}\n    port = {endpoint.Port}\n")
        + (tls ? "    ssl = yes\n" : "")
        + "  }\n";
}
