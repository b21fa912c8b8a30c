namespace AdminPanel.Web.Features.MailServer;

/// <summary>The files of dovecot/ that hold no SQL, for Dovecot 2.4.1 and newer: what <see cref="Dovecot23"/> says, in the other syntax.</summary>
public static class Dovecot24
{
    /// <summary>dovecot.conf.</summary>
    public static string RenderMain(MailServerSettings settings) => $$"""
        {{GeneratedNote.For("Dovecot 2.4: the whole configuration.")}}dovecot_config_version = 2.4.1
        dovecot_storage_version = 2.4.1
        {{DovecotParts.Head(settings)}}ssl_server_cert_file = {{settings.TlsCertificate}}
        ssl_server_key_file = {{settings.TlsKey}}
        ssl_min_protocol = TLSv{{settings.TlsMinimum}}
        auth_allow_cleartext = no

        # Who may sign in. The database is asked every time: a cached answer would let in somebody who was locked out.
        auth_mechanisms = plain login
        auth_username_format = %{user | lower}
        auth_username_chars = "{{DovecotParts.UserNameCharacters}}"
        auth_cache_size = 0
        auth_verbose = yes
        # People whose password came from an older server as an MD5 hash still get in, as they do with Dovecot 2.3; the
        # panel replaces such a hash when they sign in there.
        auth_allow_weak_schemes = yes
        # They hold the passdb, the userdb and the database's password, and where Dovecot writes down what it counts.
        !include {{settings.DovecotDirectory}}/dovecot-sql.conf.ext
        !include {{settings.DovecotDirectory}}/dovecot-dict-sql.conf.ext
        !include {{settings.DovecotDirectory}}/dovecot-sign-ins.conf.ext
        !include {{settings.DovecotDirectory}}/dovecot-panel.conf.ext

        {{DovecotParts.Ids(settings)}}mail_driver = maildir
        mail_path = ~/Maildir
        # The panel shows what quota_clone and last_login write down.
        mail_plugins {
          quota = yes
          quota_clone = yes
        }
        {{DovecotParts.Delivery(settings)}}
        {{DovecotParts.Services}}{{SpamSieve.Service(settings)}}{{DovecotParts.Logins(settings, "listen", "restart_request_count = unlimited")}}
        protocol imap {
          mail_plugins {
            imap_quota = yes
            last_login = yes{{(settings.UsesRspamd ? "\n    imap_sieve = yes" : "")}}
          }
        }
        protocol pop3 {
          mail_plugins {
            last_login = yes
          }
        }
        protocol lmtp {
          mail_plugins {
            sieve = yes
          }
          postmaster_address = {{settings.HostRecipient}}
        }
        quota_clone {
          dict proxy {
            name = panel
          }
        }
        last_login {
          dict proxy {
            name = panel
          }
        }
        last_login_key = last-login/%{user}/%{protocol}
        quota "User quota" {
          driver = count
          storage_grace = 0
        }
        quota_status_success = DUNNO
        quota_status_nouser = DUNNO
        quota_status_overquota = "452 4.2.2 Mailbox is full"
        # Without it a message that is larger than the whole quota would be taken.
        quota_status_toolarge = "452 4.2.2 Mailbox is full"
        sieve_script personal {
          driver = file
          path = ~/sieve
          active_path = ~/.dovecot.sieve
        }
        {{PanelScripts.Script24}}{{SpamSieve.Scripts24(settings)}}
        """;

    /// <summary>dovecot-sign-ins.conf.ext: what Dovecot asks the panel before a sign-in and reports after it, as an authentication policy server. A file of its own, since it holds a password.</summary>
    public static string RenderSignIns(MailServerSettings settings) => settings.SignInReport is not { } panel ? DovecotParts.NoSignIns : $$"""
        {{DovecotParts.SignInsNote}}auth_policy_server_url = {{DovecotParts.ReportUrl(settings, panel)}}
        auth_policy {
          http_client_request_absolute_timeout = 2 secs
        }
        auth_policy_request_attributes {
          login = %{user}
          pwhash = %{hashed_password}
          protocol = %{protocol}
          remote = %{remote_ip}
          app_password = %{passdb:app_password}
          master = %{master_user}
          signs_in = %{auth_user}
          # Dovecot's own further ones say nothing.
          device_id =
          fail_type =
          session_id =
        }
        {{DovecotParts.PolicyChecks(settings)}}
        """;
}
