namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// postfix/master.cf: mail from other hosts on smtp, mail of people on submission (STARTTLS) and submissions (TLS), and
/// what sieve scripts send on a loopback port. Nothing runs in a chroot, and no service runs another program.
/// </summary>
public static class PostfixMaster
{
    public static readonly IReadOnlyList<string> Settings = ["spam_filter", Signers.Key, "smtp_listen", "submission_listen", "submissions_listen", "internal_smtp_listen"];

    public static string Render(MailServerSettings settings) => $"""
        {GeneratedNote.For("Postfix: services, master(5).")}# service  type  private unpriv  chroot  wakeup  maxproc command + args

        # Mail from other hosts: for our domains, and nobody signs in here.
        {settings.Smtp.Postfix} inet n - n - - smtpd
          -o smtpd_sasl_auth_enable=no
          -o virtual_alias_maps=$outside_alias_maps
          -o smtpd_client_restrictions=$outside_client_restrictions

        # Mail of people: TLS, then a sign-in, then only as an address that is theirs.
        {settings.Submission.Postfix} inet n - n - - smtpd
          -o syslog_name=postfix/submission
          -o smtpd_tls_security_level=encrypt
          -o smtpd_sasl_auth_enable=yes
          -o smtpd_sender_restrictions=reject_non_fqdn_sender,reject_sender_login_mismatch
          -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
          -o cleanup_service_name=submission-cleanup{Option(settings.UsesRspamd, "milter_default_action=tempfail")}{Option(settings.Signer == Signer.OpenDkim, "smtpd_milters=$submission_milters")}
        {settings.Submissions.Postfix} inet n - n - - smtpd
          -o syslog_name=postfix/submissions
          -o smtpd_tls_wrappermode=yes
          -o smtpd_sasl_auth_enable=yes
          -o smtpd_sender_restrictions=reject_non_fqdn_sender,reject_sender_login_mismatch
          -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
          -o cleanup_service_name=submission-cleanup{Option(settings.UsesRspamd, "milter_default_action=tempfail")}{Option(settings.Signer == Signer.OpenDkim, "smtpd_milters=$submission_milters")}
        # Keeps to ourselves from where people send; other Received headers stay, since counting them ends loops.
        submission-cleanup unix n - n - 0 cleanup
          -o header_checks=regexp:$config_directory/submission_header_checks

        # What sieve scripts send (redirect, vacation): from this host alone.
        {settings.InternalSmtp.Postfix} inet n - n - - smtpd
          -o syslog_name=postfix/internal
          -o smtpd_tls_security_level=none
          -o mynetworks=127.0.0.0/8,[::1]/128
          -o smtpd_relay_restrictions=permit_mynetworks,reject
          -o smtpd_recipient_restrictions=reject_non_fqdn_recipient,reject_unlisted_recipient
          -o smtpd_milters=

        pickup    unix  n       -       n       60      1       pickup
        cleanup   unix  n       -       n       -       0       cleanup
        qmgr      unix  n       -       n       300     1       qmgr
        tlsmgr    unix  -       -       n       1000?   1       tlsmgr
        rewrite   unix  -       -       n       -       -       trivial-rewrite
        bounce    unix  -       -       n       -       0       bounce
        defer     unix  -       -       n       -       0       bounce
        trace     unix  -       -       n       -       0       bounce
        verify    unix  -       -       n       -       1       verify
        flush     unix  n       -       n       1000?   0       flush
        proxymap  unix  -       -       n       -       -       proxymap
        proxywrite unix -       -       n       -       1       proxymap
        smtp      unix  -       -       n       -       -       smtp
        relay     unix  -       -       n       -       -       smtp
        showq     unix  n       -       n       -       -       showq
        error     unix  -       -       n       -       -       error
        retry     unix  -       -       n       -       -       error
        discard   unix  -       -       n       -       -       discard
        lmtp      unix  -       -       n       -       -       lmtp
        anvil     unix  -       -       n       -       1       anvil
        scache    unix  -       -       n       -       1       scache
        postlog   unix-dgram n  -       n       -       1       postlogd

        """;

    private static string Option(bool isGiven, string option) => isGiven ? $"\n  -o {option}" : "";
}
