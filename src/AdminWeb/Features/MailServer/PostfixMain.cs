namespace AdminPanel.Web.Features.MailServer;

/// <summary>postfix/main.cf, for Postfix 3.7 and newer.</summary>
public static class PostfixMain
{
    public static readonly IReadOnlyList<string> Settings =
    [
        "host_name", "message_size_limit", "relayhost", "relay_domains", "dns_block_lists", "client_connection_rate",
        "client_message_rate", "tls_minimum", "spam_filter", "rspamd_run_directory", "milters_before", "milters_after", "milters_away", Signers.Key, HostPaths.Key, "tls_certificate", "tls_key", "postfix_queue_directory",
        "postfix_data_directory", "dovecot_run_directory", "log_directory",
    ];

    // What stands for itself and not for "listed": 127.0.0.1 must not be an answer (RFC 5782), and lists say by
    // 127.255.255.x that they do not answer whoever asks, which would refuse all mail.
    private const string Listed = "127.0.0.[2..255]";

    public static string Render(MailServerSettings settings) => $$"""
        {{GeneratedNote.For("Postfix: main configuration, postconf(5).")}}compatibility_level = 3.6
        queue_directory = {{settings.PostfixQueueDirectory}}
        data_directory = {{settings.PostfixDataDirectory}}
        command_directory = {{settings.Paths.PostfixCommands}}
        daemon_directory = {{settings.Paths.PostfixDaemons}}
        meta_directory = {{settings.Paths.PostfixMeta}}
        shlib_directory = {{settings.Paths.PostfixLibraries}}
        mail_owner = postfix
        setgid_group = {{settings.Paths.PostfixGroup}}
        maillog_file = {{settings.LogDirectory}}/postfix.log
        maillog_file_prefixes = {{settings.LogDirectory}}
        enable_long_queue_ids = yes

        # Who this is. Mail for the host itself is for the names in host_aliases and for nobody else.
        myhostname = {{settings.HostName}}
        mydestination =
        local_recipient_maps =
        local_transport = error:5.1.1 This host has no local mailboxes
        alias_maps =
        alias_database =
        append_dot_mydomain = no
        biff = no

        # Nobody is trusted for where they connect from: other hosts' mail goes through after a sign-in only.
        mynetworks =
        relayhost ={{(settings.Relayhost.Length == 0 ? "" : " " + settings.Relayhost)}}
        smtpd_relay_restrictions = reject_unauth_destination
        allow_percent_hack = no
        swap_bangpath = no
        strict_rfc821_envelopes = yes
        disable_vrfy_command = yes
        smtpd_helo_required = yes
        smtpd_data_restrictions = reject_unauth_pipelining
        smtpd_forbid_bare_newline = normalize
        message_size_limit = {{settings.MessageSizeLimit}}
        mailbox_size_limit = 0
        # Dovecot's LMTP has no SMTPUTF8: such mail would be accepted here and bounce there.
        smtputf8_enable = no

        # Domains, mailboxes and aliases are asked of the database at every message. The recipient delimiter is
        # empty on purpose: the lookup tables decide what an +extension means, in one question an address.
        recipient_delimiter =
        virtual_alias_domains =
        virtual_mailbox_domains = inline:{ {{settings.HostName}}=host }, proxy:mysql:$config_directory/sql/virtual_mailbox_domains.cf
        virtual_mailbox_maps = proxy:mysql:$config_directory/sql/virtual_mailbox_maps.cf
        # The first answers what most recipients are, in a fifth of the second's time.
        virtual_alias_maps = proxy:mysql:$config_directory/sql/plain_alias_maps.cf,
            proxy:mysql:$config_directory/sql/virtual_alias_maps.cf, texthash:$config_directory/host_aliases
        # What other hosts may write to on port 25: the same without the addresses that are internal.
        outside_alias_maps = proxy:mysql:$config_directory/sql/plain_alias_maps.cf,
            proxy:mysql:$config_directory/sql/virtual_alias_maps_outside.cf, texthash:$config_directory/host_aliases
        # Relay domains are among virtual_mailbox_domains, their recipients among virtual_alias_maps; each has a next
        # hop of its own here, which a relayhost does not override. Empty where relay_domains is "no".
        transport_maps ={{(settings.RelayDomains ? " proxy:mysql:$config_directory/sql/transport_maps.cf" : "")}}
        # The last one is asked by processes that still run with relay domains, after these are switched off.
        proxy_read_maps = $virtual_mailbox_domains, $virtual_mailbox_maps, $virtual_alias_maps, $outside_alias_maps,
            $smtpd_sender_login_maps, proxy:mysql:$config_directory/sql/transport_maps.cf
        virtual_transport = lmtp:unix:{{settings.DovecotRunDirectory}}/lmtp
        smtpd_sender_login_maps = proxy:mysql:$config_directory/sql/smtpd_sender_login_maps.cf

        # An unknown recipient is refused while the sender is still there, and so is one whose mailbox is full.
        # Without an answer about the quota mail goes on: delivery asks again.
        smtpd_reject_unlisted_recipient = yes
        smtpd_reject_unlisted_sender = no
        smtpd_recipient_restrictions = reject_non_fqdn_recipient, reject_unlisted_recipient,
            check_policy_service { unix:{{settings.DovecotRunDirectory}}/quota-status, timeout=5s, default_action=DUNNO }
        # dns_block_lists, on port 25 alone: people send from addresses that such lists name.
        outside_client_restrictions ={{BlockLists(settings)}}
        # client_connection_rate and client_message_rate: of one client in a minute, anvil(8); 0 is no limit.
        smtpd_client_connection_rate_limit = {{settings.ClientConnectionRate}}
        smtpd_client_message_rate_limit = {{settings.ClientMessageRate}}

        {{Milters(settings)}}{{SigningMilter(settings)}}# Sign-in is Dovecot's, under TLS only, and on the submission services of master.cf only.
        smtpd_sasl_auth_enable = no
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = {{settings.DovecotRunDirectory}}/auth-postfix
        smtpd_sasl_security_options = noanonymous
        smtpd_tls_security_level = may
        smtpd_tls_auth_only = yes
        smtpd_tls_chain_files = {{settings.TlsKey}}, {{settings.TlsCertificate}}
        # tls_minimum is for people. Other hosts may use what they have, since they would send in the clear instead.
        smtpd_tls_mandatory_protocols = >=TLSv{{settings.TlsMinimum}}
        smtpd_tls_received_header = yes
        smtp_tls_security_level = may

        """;

    private static string BlockLists(MailServerSettings settings) =>
        string.Join(',', settings.DnsBlockLists.Select(list => $" reject_rbl_client {list}={Listed}"));

    // While the spam filter is away, mail of other hosts comes in as without one; what people send waits (master.cf),
    // since nothing would count it. The others say for themselves what becomes of a message while they are away.
    private static string Milters(MailServerSettings settings)
    {
        var all = Asked(settings);
        if (all.Length == 0) return "";

        var what = settings.UsesRspamd
            ? "# spam_filter, with milters_before and milters_after. While it is away mail of other hosts comes in all the\n# same, and what people send waits (master.cf).\n"
            : "# milters_before and milters_after.\n";
        return $"{what}smtpd_milters = {string.Join(", ", all)}\nnon_smtpd_milters =\nmilter_default_action = accept\n\n";
    }

    private static string[] Asked(MailServerSettings settings) =>
    [
        .. settings.MiltersBefore.Select(one => one.Entry(settings.MiltersAway)),
        .. settings.UsesRspamd ? [$"unix:{Rspamd.MilterSocket(settings)}"] : (string[])[],
        .. settings.MiltersAfter.Select(one => one.Entry(settings.MiltersAway)),
    ];

    // Last, since what another milter changes after it would break the signature.
    private static string SigningMilter(MailServerSettings settings) => settings.Signer != Signer.OpenDkim ? "" : $$"""
        # dkim_signer, behind all others: what people send is signed (master.cf). While it is away that mail waits.
        submission_milters = {{string.Join(", ", [.. Asked(settings), $"{{ unix:{OpenDkim.MilterSocket(settings)}, default_action=tempfail }}"])}}


        """;
}
