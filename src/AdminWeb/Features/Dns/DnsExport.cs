using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>A form in which records leave the panel.</summary>
/// <param name="Format">The word for it in addresses and on the command line: "bind".</param>
/// <param name="FileEnding">"zone".</param>
public sealed record DnsExport(string Format, string FileEnding, string ContentType, Func<DomainDns, IReadOnlyList<DnsRecord>, string> Text)
{
    public static readonly IReadOnlyList<DnsExport> All =
    [
        new("bind", "zone", "text/dns", (domain, records) => ZoneFile.Text(domain.Zone, records)),
        new("cloudflare", "cloudflare.json", "application/json", (domain, records) => CloudflareBatch.Text(domain.Zone, records)),
        new("route53", "route53.json", "application/json", (domain, records) => Route53Batch.Text(domain.Zone, records)),
        new("csv", "csv", "text/csv", (_, records) => RecordTable.Text(records)),
        new("text", "txt", "text/plain", (domain, records) => ZoneLetter.Text(domain.Name, records)),
    ];

    /// <returns>Null where there is no such format.</returns>
    public static DnsExport? Find(string? format) => All.FirstOrDefault(e => e.Format == format);

    /// <summary>"example.org.zone".</summary>
    public string FileName(DomainName domain) => $"{domain.Value}.{FileEnding}";
}
