namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>A port that the mail server answers on.</summary>
/// <param name="Greeting">What its first line begins with.</param>
/// <param name="IsTls">TLS from the first octet.</param>
internal sealed record Listener(string Service, Endpoint Endpoint, string Greeting, bool IsTls)
{
    /// <summary>Where a daemon answers on the network.</summary>
    public static IReadOnlyList<Listener> Of(Daemon daemon, MailServerSettings settings) => daemon.Folder switch
    {
        "postfix" => OfPostfix(settings),
        "dovecot" => OfDovecot(settings),
        _ => [],
    };

    private static Listener[] OfPostfix(MailServerSettings settings) =>
    [
        new("smtp", settings.Smtp, "220 ", false), new("submission", settings.Submission, "220 ", false),
        new("submissions", settings.Submissions, "220 ", true), new("internal_smtp", settings.InternalSmtp, "220 ", false),
    ];

    private static Listener[] OfDovecot(MailServerSettings settings) =>
    [
        new("imaps", settings.Imaps, "* OK ", true),
        .. settings.Imap is { } imap ? (Listener[])[new("imap", imap, "* OK ", false)] : [],
        .. settings.Pop3s is { } pop3s ? (Listener[])[new("pop3s", pop3s, "+OK", true)] : [],
        .. settings.ManageSieve is { } sieve ? (Listener[])[new("managesieve", sieve, "\"", false)] : [],
    ];
}
