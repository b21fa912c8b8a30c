using System.Net;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>One name server of a zone.</summary>
public sealed record AuthoritativeServer(string Name, IPAddress Address);

/// <summary>The zone that a name is in, and all servers that answer for it.</summary>
public sealed record Zone(string Name, IReadOnlyList<AuthoritativeServer> Servers)
{
    /// <summary>A zone has few servers, with an address of each kind; one that names hundreds would have them all asked.</summary>
    private const int MaxServers = 16;

    /// <summary>Of the zone that a name is in, as the resolver sees it.</summary>
    public static async Task<ZoneSecurity> SecurityOfAsync(DnsInquiry dns, string domain)
    {
        if (!dns.IsChecked) return ZoneSecurity.Unknown;

        for (var name = domain; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            var answer = await dns.AskAsync(name, DnsType.Ns);
            if (answer.Status == DnsStatus.Bogus) return ZoneSecurity.Bogus;
            if (answer.Status == DnsStatus.Failed) return ZoneSecurity.Unknown;
            if (answer.Status == DnsStatus.Found) return answer.IsSecure ? ZoneSecurity.Secure : ZoneSecurity.Insecure;
        }
        return ZoneSecurity.Unknown;
    }

    /// <returns>Null where none can be found; the reason is the second.</returns>
    public static async Task<(Zone? Zone, string? Why)> OfAsync(DnsInquiry dns, string domain)
    {
        string? why = null;
        // The zone may begin above the name. A top-level domain is nobody's own.
        for (var name = domain; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            var answer = await dns.AskAsync(name, DnsType.Ns);
            if (answer.Status is DnsStatus.Failed or DnsStatus.Bogus) return (null, answer.Why);
            if (answer.Status != DnsStatus.Found) continue;

            var servers = await Task.WhenAll(answer.Names.Distinct().Take(MaxServers).Select(async server =>
            {
                var addresses = await Task.WhenAll(dns.AskAsync(server, DnsType.A), dns.AskAsync(server, DnsType.Aaaa));
                return addresses.SelectMany(a => a.Addresses).Select(address => new AuthoritativeServer(server, address));
            }));
            var all = servers.SelectMany(s => s).Take(MaxServers).ToList();
            if (all.Count > 0) return (new Zone(name, all), null);
            why = $"the name servers of {name} have no address";
        }
        return (null, why ?? "no name server answers for it");
    }
}
