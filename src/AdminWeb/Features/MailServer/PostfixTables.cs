namespace AdminPanel.Web.Features.MailServer;

/// <summary>The two small tables of postfix/ that hold no SQL.</summary>
public static class PostfixTables
{
    public static readonly IReadOnlyList<string> HostAliasesSettings = ["host_name", "host_recipient"];

    public static readonly IReadOnlyList<string> SubmissionHeaderChecksSettings = ["host_name"];

    // RFC 2142 section 5 and RFC 5321 section 4.5.1 name the first ones; the others are accounts whose cron jobs write.
    private static readonly string[] HostNames =
        ["abuse", "adminpanel", "backup", "daemon", "dovecot", "hostmaster", "mailer-daemon", "nobody", "noc", "postfix", "postmaster", "root", "security", "vmail", "webmaster", "www-data"];

    /// <summary>postfix/host_aliases, a texthash: table: where the host's own mail goes.</summary>
    public static string RenderHostAliases(MailServerSettings settings) =>
        GeneratedNote.For("Postfix: mail for the host itself. Any other name in its domain is refused.")
        + string.Concat(HostNames.Select(name => $"{name}@{settings.HostName} {settings.HostRecipient}\n"));

    /// <summary>postfix/submission_header_checks, a regexp: table, header_checks(5).</summary>
    /// <remarks>
    /// The Received header that our submission service itself has just written names the sender's computer and its
    /// address. It is replaced by one without them; removing it would hide a hop from those who count hops. "A" in
    /// ESMTPSA is "authenticated" (RFC 3848), which no header from port 25 says together with our name.
    /// </remarks>
    public static string RenderSubmissionHeaderChecks(MailServerSettings settings)
    {
        var host = settings.HostName.Value.Replace(".", @"\.", StringComparison.Ordinal);
        return $"""
            {GeneratedNote.For("Postfix: what a message from submission does not tell about its sender.")}/^Received: from [^ ]+ \(.*[[:space:]]by {host} \(Postfix\) with (ESMTPS?A) id ([[:alnum:]]+)(.*)$/ REPLACE Received: by {settings.HostName} (Postfix) with $1 id $2$3
            /^X-Originating-IP:/ IGNORE

            """;
    }
}
