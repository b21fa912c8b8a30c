namespace AdminPanel.Web.Features.MailServer;

/// <summary>The files of dovecot/ that hold no SQL, for Dovecot 2.3.</summary>
public static class Dovecot23
{
    /// <summary>dovecot.conf.</summary>
    public static string RenderMain(MailServerSettings settings) => $$"""
        {{GeneratedNote.For("Dovecot 2.3: the whole configuration.")}}{{DovecotParts.Head(settings)}}ssl_cert = <{{settings.TlsCertificate}}
        ssl_key = <{{settings.TlsKey}}
        ssl_min_protocol = TLSv{{settings.TlsMinimum}}
        disable_plaintext_auth = yes

        # Who may sign in. The database is asked every time: a cached answer would let in somebody who was locked out.
        auth_mechanisms = plain login
        auth_username_format = %Lu
        auth_username_chars = "{{DovecotParts.UserNameCharacters}}"
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
        !include_try {{settings.DovecotDirectory}}/dovecot-panel.conf.ext

        {{DovecotParts.Ids(settings)}}mail_location = maildir:~/Maildir
        # The panel shows what quota_clone and last_login write down.
        mail_plugins = quota quota_clone
        {{DovecotParts.Delivery(settings)}}
        {{DovecotParts.Services}}{{SpamSieve.Service(settings)}}{{DovecotParts.Logins(settings, "address", "service_count = 0")}}
        protocol imap {
          mail_plugins = $mail_plugins imap_quota last_login{{(settings.UsesRspamd ? " imap_sieve" : "")}}
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
          sieve = file:~/sieve;active=~/.dovecot.sieve{{PanelScripts.Plugin23}}{{SpamSieve.Plugin23(settings)}}
        }

        """;

    /// <summary>dovecot-sign-ins.conf.ext: what Dovecot asks the panel before a sign-in and reports after it, as an authentication policy server. A file of its own, since it holds a password.</summary>
    public static string RenderSignIns(MailServerSettings settings) => settings.SignInReport is not { } panel ? DovecotParts.NoSignIns : $$"""
        {{DovecotParts.SignInsNote}}auth_policy_server_url = {{DovecotParts.ReportUrl(settings, panel)}}
        auth_policy_server_timeout_msecs = 2000
        auth_policy_request_attributes = login=%u pwhash=%{hashed_password} protocol=%Ls remote=%r app_password=%{passdb:app_password} master=%{master_user} signs_in=%{auth_user}
        {{DovecotParts.PolicyChecks(settings)}}
        """;
}
