using System.Net;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.MailServer;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The mail server's records from its settings, as the next render would read them.</summary>
public static class ServerDnsSettings
{
    private const string None = "none";

    // By which setting a service is offered; POP3 in the clear and its kin are not rendered at all.
    private static readonly (string Label, string? Key, bool IsPreferred)[] Services =
    [
        ("_submissions", "submissions_listen", true),
        ("_submission", "submission_listen", false),
        ("_imaps", "imaps_listen", true),
        ("_imap", "imap_listen", false),
        ("_pop3s", "pop3s_listen", false),
        ("_pop3", null, false),
        ("_sieve", "managesieve_listen", false),
    ];

    /// <param name="values">By key, unchecked: one of another shape counts as none.</param>
    /// <returns>Null while the server has no name.</returns>
    public static ServerDns? Read(IReadOnlyDictionary<string, string> values)
    {
        if (!DomainName.TryParse(values.GetValueOrDefault("host_name"), out var host)) return null;

        return new ServerDns
        {
            HostName = host,
            Addresses = [.. List(values, "public_addresses").Select(IPAddress.Parse)],
            Services = [.. Services.Select(s => new OfferedService(s.Label, s.Key is null ? null : ServerSettings.PortOf(values, s.Key), s.IsPreferred))],
            WebHost = host,
            CertificateAuthorities = List(values, "certificate_authorities"),
        };
    }

    private static string[] List(IReadOnlyDictionary<string, string> values, string key) => Checked(values, key) is { } text and not None ? text.Split(',') : [];

    // Somebody may have written the table past the panel, and a quotation mark or a line end would go on in a zone file.
    private static string? Checked(IReadOnlyDictionary<string, string> values, string key) =>
        values.GetValueOrDefault(key) is { } text && SettingCatalogue.Find(key)!.Accepts(text) ? text : null;
}
