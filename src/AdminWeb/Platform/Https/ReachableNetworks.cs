using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Web.Platform.Https;

/// <summary>
/// Where the panel connects to when a name that somebody typed leads there: the internet, and the networks that the host's
/// configuration names. Without that, whoever may add a domain could have the panel ask what only its own host and network see.
/// </summary>
/// <param name="named">Networks beside the internet.</param>
public sealed class ReachableNetworks(IReadOnlyList<IPNetwork> named)
{
    // What IANA's registries of special-purpose addresses (RFC 6890) call not globally reachable, and multicast.
    private static readonly IPNetwork[] Special4 =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        ]).Select(IPNetwork.Parse),
    ];

    // Teredo, benchmarks, documentation and 6to4, which hold another address; all else within 2000::/3 is the internet.
    private static readonly IPNetwork[] Special6 = [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse)];

    private static readonly IPNetwork Internet6 = IPNetwork.Parse("2000::/3");

    public bool Include(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return named.Any(network => network.Contains(plain)) || (plain.AddressFamily == AddressFamily.InterNetwork
            ? !Special4.Any(network => network.Contains(plain))
            : Internet6.Contains(plain) && !Special6.Any(network => network.Contains(plain)));
    }
}
