namespace AdminPanel.Web.Features.MailServer;

/// <summary>The comment at the head of every rendered file.</summary>
internal static class GeneratedNote
{
    /// <param name="what">What the file is, in one line.</param>
    /// <param name="comment">How a comment begins in this file.</param>
    public static string For(string what, string comment = "#") =>
        $"{comment} {what}\n{comment} Generated from the panel's settings; a change made here is lost.\n{comment} To generate it again: adminpanel render --out DIR\n";
}
