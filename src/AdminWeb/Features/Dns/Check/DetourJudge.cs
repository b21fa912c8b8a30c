using System.Net;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>
/// Records that are right by themselves, and lead to the mail server's name while that has the addresses of another host, as
/// a DNS host gives it whose proxy is on: web pages pass through there, and no mail.
/// </summary>
internal static class DetourJudge
{
    // Inside a network the server's name often has an address of that network: another view, and no detour.
    private static readonly IPNetwork[] Inside = [.. ((string[])["10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"]).Select(IPNetwork.Parse)];

    /// <returns>Where it leads; null where nothing is wrong.</returns>
    public static async Task<IReadOnlyList<string>?> OfAsync(DnsRecord record, RecordVerdict verdict, DnsAnswer answer, ServerDns server, DnsInquiry dns)
    {
        if (server.Addresses.Count == 0) return null;
        if (record.Purpose == RecordPurpose.HostAddress) return verdict == RecordVerdict.Different && IsDetour([.. answer.Addresses], server) ? [.. answer.Addresses.Select(ip => ip.ToString())] : null;
        if (!Leads(record, verdict, answer, server.HostName.Value)) return null;

        var name = server.HostName.Value;
        var found = await Task.WhenAll(dns.AskAsync(name, DnsType.A), dns.AskAsync(name, DnsType.Aaaa));
        var addresses = found.SelectMany(a => a.Addresses).ToList();
        return IsDetour(addresses, server) ? [.. addresses.Select(ip => $"{name}. {(ip.GetAddressBytes().Length == 4 ? "A" : "AAAA")} {ip}")] : null;
    }

    private static bool Leads(DnsRecord record, RecordVerdict verdict, DnsAnswer answer, string name) => (record.Data, verdict) switch
    {
        (RecordData.Mx, RecordVerdict.Right or RecordVerdict.Enough) => answer.Exchangers.Any(mx => mx.Host == name),
        (RecordData.Srv, RecordVerdict.Right or RecordVerdict.Enough) => record.Purpose == RecordPurpose.Service && answer.Services.Any(s => s.Target == name),
        // Receivers go from the address to the name and back.
        (RecordData.ReverseName, RecordVerdict.Right or RecordVerdict.Enough) => true,
        // "mx" and "a" are the addresses of that name; what was good for other reasons names the server's own.
        (RecordData.Txt, RecordVerdict.Right) => record.Purpose is RecordPurpose.Spf or RecordPurpose.HeloSpf,
        _ => false,
    };

    private static bool IsDetour(List<IPAddress> found, ServerDns server) => found.Count > 0 && !found.Any(ip => server.Addresses.Contains(ip) || Inside.Any(network => network.Contains(ip)));
}
