using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>Every record that a domain and its mail server need, in the order in which people publish them.</summary>
public static class WantedRecords
{
    /// <summary>The mail exchanger of every domain: one server, so the number tells nobody anything but that it is not 0.</summary>
    private const int Preference = 10;

    public static IReadOnlyList<DnsRecord> Of(DomainDns domain, ServerDns server) => domain.Use switch
    {
        DomainUse.Nothing => Nothing(domain),
        DomainUse.Relay => [Mx(domain, server), .. ServerRecords.Of(domain, server)],
        _ => [Mx(domain, server), Spf(domain), .. Keys(domain), .. Dmarc(domain), .. Tls(domain, server), .. ServiceRecords.Of(domain, server), .. Caa(domain, server), .. ServerRecords.Of(domain, server)],
    };

    /// <summary>A name with its final dot.</summary>
    internal static string Absolute(DomainName name) => name.Value + ".";

    /// <param name="prefix">Labels before the domain's own name; empty is that name.</param>
    internal static DnsRecord Record(DomainDns domain, RecordPurpose purpose, RecordNeed need, string prefix, RecordData data) =>
        new(purpose, need, RecordPlace.Domain, prefix.Length == 0 ? Absolute(domain.Name) : $"{prefix}.{domain.Name.Value}.", Absolute(domain.Zone), data);

    private static DnsRecord Mx(DomainDns domain, ServerDns server) =>
        Record(domain, RecordPurpose.Mx, RecordNeed.Required, "", new RecordData.Mx(Preference, Absolute(server.HostName)));

    // "mx" is the server wherever it moves, at the price of one lookup of ten (RFC 7208 section 4.6.4).
    private static DnsRecord Spf(DomainDns domain) => Record(domain, RecordPurpose.Spf, RecordNeed.Required, "", new RecordData.Txt("v=spf1 mx -all"));

    private static IEnumerable<DnsRecord> Keys(DomainDns domain) => domain.Keys.Select(key =>
        Record(domain, RecordPurpose.Dkim, key.Required ? RecordNeed.Required : RecordNeed.Recommended, $"{key.Selector}._domainkey", new RecordData.Txt(DkimRecordText.Of(key))) with
        {
            Subject = key.Selector,
            KeyState = key.State,
        });

    private static IEnumerable<DnsRecord> Dmarc(DomainDns domain)
    {
        yield return Record(domain, RecordPurpose.Dmarc, RecordNeed.Recommended, "_dmarc", new RecordData.Txt(DmarcRecordText.Of(domain)));
        foreach (var permission in ReportPermission(domain)) yield return permission;
    }

    // RFC 9990: a stranger's address gets reports only where its own domain says that it wants them.
    private static IEnumerable<DnsRecord> ReportPermission(DomainDns domain)
    {
        if (domain.DmarcReports?.Domain is not { } receiver || IsWithin(receiver, domain.Name) || IsWithin(domain.Name, receiver)) yield break;

        yield return new DnsRecord(RecordPurpose.ReportPermission, RecordNeed.Recommended, RecordPlace.ReportReceiver,
            $"{domain.Name.Value}._report._dmarc.{receiver.Value}.", Absolute(receiver), new RecordData.Txt("v=DMARC1"));
    }

    private static IEnumerable<DnsRecord> Tls(DomainDns domain, ServerDns server)
    {
        if (domain.TlsReports is { } reports)
            yield return Record(domain, RecordPurpose.TlsReports, RecordNeed.Recommended, "_smtp._tls", new RecordData.Txt($"v=TLSRPTv1; rua={DmarcRecordText.MailTo(reports)}"));
        if (domain.MtaSts is not { } mode || server.WebHost is not { } web) yield break;

        var id = MtaStsPolicy.Id(MtaStsPolicy.Text(mode, server.HostName));
        yield return Record(domain, RecordPurpose.MtaStsHost, RecordNeed.Optional, "mta-sts", new RecordData.Cname(Absolute(web)));
        yield return Record(domain, RecordPurpose.MtaSts, RecordNeed.Optional, "_mta-sts", new RecordData.Txt($"v=STSv1; id={id}"));
    }

    private static IEnumerable<DnsRecord> Caa(DomainDns domain, ServerDns server) => server.CertificateAuthorities.Select(authority =>
        Record(domain, RecordPurpose.Caa, RecordNeed.Optional, "", new RecordData.Caa(0, "issue", authority)) with { Subject = authority });

    // RFC 7505 for what would come, RFC 7208 and DMARC for what would seem to leave, and no key that could sign it.
    private static IReadOnlyList<DnsRecord> Nothing(DomainDns domain) =>
    [
        Record(domain, RecordPurpose.NullMx, RecordNeed.Required, "", new RecordData.Mx(0, ".")),
        Record(domain, RecordPurpose.NoSenders, RecordNeed.Required, "", new RecordData.Txt("v=spf1 -all")),
        Record(domain, RecordPurpose.RejectAll, RecordNeed.Required, "_dmarc", new RecordData.Txt(DmarcRecordText.RejectAll(domain.DmarcReports))),
        .. ReportPermission(domain),
        Record(domain, RecordPurpose.NoKeys, RecordNeed.Optional, "*._domainkey", new RecordData.Txt(DkimRecordText.Revoked)),
    ];

    private static bool IsWithin(DomainName name, DomainName parent) => name == parent || name.Value.EndsWith("." + parent.Value, StringComparison.Ordinal);
}
