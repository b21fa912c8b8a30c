using System.Text.Encodings.Web;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// Where the rows of lists lead to. Written here and not by route names: to find the route again for each link of each
/// row took more time than the rest of the row.
/// </summary>
public static class Links
{
    public static string Mailbox(string address) => $"/mailboxes/{Segment(address)}";

    /// <param name="address">Of an alias; "@example.org" for a catch-all.</param>
    public static string Alias(string address) => $"/aliases/{Segment(address)}";

    public static string Domain(string name) => $"/domains/{name}";

    public static string MailboxesOf(string domain) => $"/domains/{domain}/mailboxes";

    public static string AliasesOf(string domain) => $"/domains/{domain}/aliases";

    public static string DnsOf(string domain) => $"/domains/{domain}/dns";

    public static string AuditEntry(long id) => $"/audit/{id}";

    // As routing writes it, so that a page has one address.
    private static string Segment(string name) => UrlEncoder.Default.Encode(name);
}
