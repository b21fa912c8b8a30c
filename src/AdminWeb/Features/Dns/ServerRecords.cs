using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>Records of the mail server itself: once, however many domains it has.</summary>
internal static class ServerRecords
{
    public static IEnumerable<DnsRecord> Of(DomainDns domain, ServerDns server)
    {
        var name = WantedRecords.Absolute(server.HostName);
        var zone = ZoneOf(server.HostName, domain.Zone);
        foreach (var ip in server.Addresses)
            yield return new DnsRecord(RecordPurpose.HostAddress, RecordNeed.Required, RecordPlace.Server, name, zone, new RecordData.Address(ip)) { Subject = ip.ToString() };
        foreach (var ip in server.Addresses)
            yield return new DnsRecord(RecordPurpose.ReverseName, RecordNeed.Required, RecordPlace.Server, ReverseName(ip), ReverseZone(ip), new RecordData.ReverseName(name)) { Subject = ip.ToString() };
        // Bounces have no sender: SPF then asks about the name in HELO (RFC 7208 section 2.4).
        yield return new DnsRecord(RecordPurpose.HeloSpf, RecordNeed.Recommended, RecordPlace.Server, name, zone, new RecordData.Txt("v=spf1 a -all"));
        if (server.KeyDigest is { } digest)
            yield return new DnsRecord(RecordPurpose.Tlsa, RecordNeed.Optional, RecordPlace.Server, $"_25._tcp.{name}", zone, new RecordData.Tlsa(digest) { Others = server.KeyRecords });
    }

    // Where zones are cut only DNS knows: the domain's own zone if the host is in it, else what is left without the first label.
    private static string ZoneOf(DomainName host, DomainName domainZone)
    {
        if (DnsRecord.RelativeTo(WantedRecords.Absolute(host), WantedRecords.Absolute(domainZone)) is not null) return WantedRecords.Absolute(domainZone);

        return DomainName.TryParse(host.Value[(host.Value.IndexOf('.', StringComparison.Ordinal) + 1)..], out var parent) ? WantedRecords.Absolute(parent) : WantedRecords.Absolute(host);
    }

    /// <summary>"10.2.0.192.in-addr.arpa." (RFC 1035 section 3.5), "a.1.….ip6.arpa." (RFC 3596 section 2.5).</summary>
    internal static string ReverseName(IPAddress ip) => string.Join('.', Parts(ip).Reverse()) + Tree(ip);

    // A /24 and a /64 are what networks are handed out in; the provider's form asks for the address anyway.
    private static string ReverseZone(IPAddress ip)
    {
        var parts = Parts(ip);
        return string.Join('.', parts.Take(ip.AddressFamily == AddressFamily.InterNetworkV6 ? 16 : 3).Reverse()) + Tree(ip);
    }

    private static string Tree(IPAddress ip) => ip.AddressFamily == AddressFamily.InterNetworkV6 ? ".ip6.arpa." : ".in-addr.arpa.";

    private static IReadOnlyList<string> Parts(IPAddress ip) => ip.AddressFamily == AddressFamily.InterNetworkV6
        ? [.. Convert.ToHexStringLower(ip.GetAddressBytes()).Select(c => c.ToString())]
        : [.. ip.GetAddressBytes().Select(b => b.ToString(CultureInfo.InvariantCulture))];
}
