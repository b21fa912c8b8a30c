using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>What the mail server's configuration is rendered from: every value typed and checked, so the renderers quote nothing.</summary>
public sealed record MailServerSettings
{
    /// <summary>What the server calls itself: in HELO, in Received headers, and as the domain of the host's own mail.</summary>
    public required DomainName HostName { get; init; }

    /// <summary>Where mail for root, postmaster and the other names of the host goes.</summary>
    public required EmailAddress HostRecipient { get; init; }

    /// <summary>Bytes of the largest message that is accepted.</summary>
    public required int MessageSizeLimit { get; init; }

    /// <summary>What separates a local part from its extension, for the tables and for Dovecot.</summary>
    public required RecipientDelimiter RecipientDelimiter { get; init; }

    /// <summary>The next hop of all mail for other hosts; empty: wherever their MX records say.</summary>
    public required string Relayhost { get; init; }

    /// <summary>Whether relay domains are served: with them every address costs the database one statement more, so who has none leaves it off.</summary>
    public required bool RelayDomains { get; init; }

    /// <summary>The next hop of relay domains that go by their MX records; empty: wherever those say.</summary>
    public required string MxRelayhost { get; init; }

    /// <summary>DNS block lists whose clients are refused; none is empty.</summary>
    public required IReadOnlyList<string> DnsBlockLists { get; init; }

    /// <summary>Connections a minute from one client; 0 is no limit, as Postfix has it.</summary>
    public required int ClientConnectionRate { get; init; }

    /// <summary>Messages a minute from one client; 0 is no limit, as Postfix has it.</summary>
    public required int ClientMessageRate { get; init; }

    /// <summary>Connections over IMAP, and as many over POP3, that one person may have open from one address.</summary>
    public required int UserConnections { get; init; }

    /// <summary>The oldest version of TLS that a mail program may use: "1.2". Other hosts may use older ones, since they would send in the clear instead.</summary>
    public required string TlsMinimum { get; init; }

    /// <summary>Whether Rspamd sees the mail.</summary>
    public required bool UsesRspamd { get; init; }

    /// <summary>What signs the mail of people who have signed in.</summary>
    public required Signer Signer { get; init; }

    /// <summary>Whether the spam filter asks name servers and lists of others.</summary>
    public required bool SpamNetworkChecks { get; init; }

    /// <summary>Messages an hour that one person may send; 0 is no limit. Counted by the spam filter.</summary>
    public required int OutboundRate { get; init; }

    /// <summary>Asked before the spam filter, in this order, about mail of other hosts and of people who have signed in.</summary>
    public required IReadOnlyList<Milter> MiltersBefore { get; init; }

    /// <summary>Likewise, after the spam filter.</summary>
    public required IReadOnlyList<Milter> MiltersAfter { get; init; }

    /// <summary>What becomes of a message while one of them is away: "tempfail" or "accept", as Postfix has it.</summary>
    public required string MiltersAway { get; init; }

    public required Endpoint Smtp { get; init; }

    public required Endpoint Submission { get; init; }

    public required Endpoint Submissions { get; init; }

    /// <summary>Where Dovecot hands in what sieve scripts send; on the loopback network only.</summary>
    public required Endpoint InternalSmtp { get; init; }

    public required Endpoint Imaps { get; init; }

    public required Endpoint? Imap { get; init; }

    public required Endpoint? Pop3s { get; init; }

    public required Endpoint? ManageSieve { get; init; }

    /// <summary>Where the panel takes reports of sign-ins: plain HTTP, on the loopback network only. Null: Dovecot reports none.</summary>
    public required Endpoint? SignInReport { get; init; }

    /// <summary>What lets a report in; "none" while there are no reports.</summary>
    public required string SignInReportPassword { get; init; }

    /// <summary>With which the panel keeps a sieve script in every mailbox; null: it keeps none.</summary>
    public required string? PanelSievePassword { get; init; }

    /// <summary>Where the packages put their programs and which accounts they run as.</summary>
    public required HostPaths Paths { get; init; }

    public required string TlsCertificate { get; init; }

    public required string TlsKey { get; init; }

    public required string MailRoot { get; init; }

    public required int MailUid { get; init; }

    public required int MailGid { get; init; }

    /// <summary>Where an apply keeps its trees; the daemons' own directories hold links to them.</summary>
    public required string ApplyDirectory { get; init; }

    /// <summary>Where the rendered postfix/ tree is installed: Postfix is started with it.</summary>
    public required string PostfixDirectory { get; init; }

    public required string PostfixQueueDirectory { get; init; }

    public required string PostfixDataDirectory { get; init; }

    /// <summary>Where the rendered dovecot/ tree is installed.</summary>
    public required string DovecotDirectory { get; init; }

    public required string DovecotRunDirectory { get; init; }

    public required string DovecotStateDirectory { get; init; }

    /// <summary>Where the rendered rspamd/ tree is installed, beside what Rspamd's package brings.</summary>
    public required string RspamdDirectory { get; init; }

    public required string RspamdRunDirectory { get; init; }

    public required string RspamdStateDirectory { get; init; }

    /// <summary>Where the rendered opendkim/ tree is installed: opendkim.conf, and its tables in a directory beside it.</summary>
    public required string OpenDkimDirectory { get; init; }

    public required string OpenDkimRunDirectory { get; init; }

    /// <summary>Where an apply writes the private halves of DKIM keys, for the signer alone to read.</summary>
    public required string DkimDirectory { get; init; }

    /// <summary>The file with the key that opens them.</summary>
    public required string SealingKey { get; init; }

    /// <summary>Where the rendered redis/ tree is installed.</summary>
    public required string RedisDirectory { get; init; }

    public required string RedisRunDirectory { get; init; }

    public required string RedisStateDirectory { get; init; }

    public required string LogDirectory { get; init; }

    public required DatabaseHosts DatabaseHosts { get; init; }

    public required string DatabaseName { get; init; }

    public required string PostfixUser { get; init; }

    public required string PostfixPassword { get; init; }

    public required string DovecotUser { get; init; }

    public required string DovecotPassword { get; init; }

    /// <summary>Reads all settings of <see cref="SettingCatalogue"/>.</summary>
    /// <param name="values">By key; a key that is missing has its default.</param>
    /// <returns>The settings, or every value that is missing or has another shape.</returns>
    public static Outcome<MailServerSettings> Read(IReadOnlyDictionary<string, string> values)
    {
        var problems = new List<Problem>();
        var texts = new Dictionary<string, string>();
        var paths = values.GetValueOrDefault(HostPaths.Key);
        foreach (var setting in SettingCatalogue.All)
        {
            var text = values.GetValueOrDefault(setting.Key) ?? setting.DefaultOn(paths);
            if (ShapeProblem(setting, text) is { } problem) problems.Add(problem);
            else texts[setting.Key] = text!;
        }
        if (problems.Count > 0) return Outcome.Refused<MailServerSettings>(problems);
        if (HostProblem(texts["host_name"], texts["host_recipient"]) is { } onHost) return Outcome.Refused<MailServerSettings>(onHost);

        var settings = Typed(texts);
        return AbsentProblem(settings) is { } absent ? Outcome.Refused<MailServerSettings>(absent) : Outcome.Done(settings);
    }

    /// <summary>What one setting asks of another.</summary>
    private static Problem? AbsentProblem(MailServerSettings settings) => settings switch
    {
        { SignInReport: not null, SignInReportPassword: "none" } => new Problem("sign_in_report_password", "SettingMissing", "sign_in_report_password", SettingCatalogue.Find("postfix_password")!.Wanted),
        { PanelSievePassword: not null, ManageSieve: null } => new Problem("managesieve_listen", "SettingMissing", "managesieve_listen", SettingCatalogue.Find("smtp_listen")!.Wanted),
        _ => null,
    };

    /// <summary>What is wrong with one value; null where it is right.</summary>
    /// <param name="text">Null where there is no value, and no default either.</param>
    public static Problem? ShapeProblem(SettingDefinition setting, string? text) => text switch
    {
        null => new Problem(setting.Key, "SettingMissing", setting.Key, setting.Wanted),
        _ when !setting.Accepts(text) => new Problem(setting.Key, "SettingShape", setting.Key, setting.Wanted),
        _ => null,
    };

    /// <summary>Mail for the host itself would go round in a circle.</summary>
    public static Problem? HostProblem(string hostName, string hostRecipient) =>
        EmailAddress.TryParse(hostRecipient, out var address) && address.Domain.Value == hostName ? new Problem("host_recipient", "HostRecipientOnHost", hostName) : null;

    private static MailServerSettings Typed(Dictionary<string, string> texts) => new()
    {
        HostName = DomainName.Parse(texts["host_name"]),
        HostRecipient = EmailAddress.Parse(texts["host_recipient"]),
        MessageSizeLimit = Number(texts["message_size_limit"]),
        RecipientDelimiter = RecipientDelimiter.Of(texts[RecipientDelimiter.Key]),
        Relayhost = texts["relayhost"] == "none" ? "" : texts["relayhost"],
        RelayDomains = texts["relay_domains"] == "yes",
        MxRelayhost = texts["mx_relayhost"] == "none" ? "" : texts["mx_relayhost"],
        DnsBlockLists = texts["dns_block_lists"] == "none" ? [] : texts["dns_block_lists"].Split(','),
        ClientConnectionRate = Limit(texts["client_connection_rate"]),
        ClientMessageRate = Limit(texts["client_message_rate"]),
        UserConnections = Number(texts["user_connections"]),
        TlsMinimum = texts["tls_minimum"],
        UsesRspamd = texts["spam_filter"] == "rspamd",
        Signer = Signers.Of(texts[Signers.Key], texts["spam_filter"]),
        SpamNetworkChecks = texts["spam_network_checks"] == "yes",
        OutboundRate = Limit(texts["outbound_rate"]),
        MiltersBefore = Milters(texts["milters_before"]),
        MiltersAfter = Milters(texts["milters_after"]),
        MiltersAway = texts["milters_away"],
        Smtp = Listen(texts["smtp_listen"])!,
        Submission = Listen(texts["submission_listen"])!,
        Submissions = Listen(texts["submissions_listen"])!,
        InternalSmtp = Listen(texts["internal_smtp_listen"])!,
        Imaps = Listen(texts["imaps_listen"])!,
        Imap = Listen(texts["imap_listen"]),
        Pop3s = Listen(texts["pop3s_listen"]),
        ManageSieve = Listen(texts["managesieve_listen"]),
        SignInReport = Listen(texts["sign_in_report"]),
        SignInReportPassword = texts["sign_in_report_password"],
        PanelSievePassword = texts[PanelScripts.Key] is var password and not "none" ? password : null,
        Paths = HostPaths.Of(texts[HostPaths.Key]),
        TlsCertificate = texts["tls_certificate"],
        TlsKey = texts["tls_key"],
        MailRoot = texts["mail_root"],
        MailUid = Number(texts["mail_uid"]),
        MailGid = Number(texts["mail_gid"]),
        ApplyDirectory = texts["apply_directory"],
        PostfixDirectory = texts["postfix_directory"],
        PostfixQueueDirectory = texts["postfix_queue_directory"],
        PostfixDataDirectory = texts["postfix_data_directory"],
        DovecotDirectory = texts["dovecot_directory"],
        DovecotRunDirectory = texts["dovecot_run_directory"],
        DovecotStateDirectory = texts["dovecot_state_directory"],
        RspamdDirectory = texts["rspamd_directory"],
        RspamdRunDirectory = texts["rspamd_run_directory"],
        RspamdStateDirectory = texts["rspamd_state_directory"],
        OpenDkimDirectory = texts["opendkim_directory"],
        OpenDkimRunDirectory = texts["opendkim_run_directory"],
        DkimDirectory = texts["dkim_directory"],
        SealingKey = texts["sealing_key"],
        RedisDirectory = texts["redis_directory"],
        RedisRunDirectory = texts["redis_run_directory"],
        RedisStateDirectory = texts["redis_state_directory"],
        LogDirectory = texts["log_directory"],
        DatabaseHosts = DatabaseHosts.TryParse(texts["database_hosts"], out var hosts) ? hosts : throw new FormatException("Its shape was checked before."),
        DatabaseName = texts["database_name"],
        PostfixUser = texts["postfix_user"],
        PostfixPassword = texts["postfix_password"],
        DovecotUser = texts["dovecot_user"],
        DovecotPassword = texts["dovecot_password"],
    };

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static IReadOnlyList<Milter> Milters(string text) => Milter.ParseAll(text) ?? [];

    private static int Limit(string text) => text == "none" ? 0 : Number(text);

    private static Endpoint? Listen(string text) => Endpoint.TryParse(text, out var endpoint) ? endpoint : null;
}
