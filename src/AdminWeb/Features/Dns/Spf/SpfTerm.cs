using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>Mechanisms, and the one modifier that decides (RFC 7208 sections 5 and 6.1).</summary>
public enum SpfKind
{
    All,
    Include,
    A,
    Mx,
    ReverseName,
    Ip4,
    Ip6,
    Exists,
    Redirect,
}

/// <summary>One term of an SPF record.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Qualifier">'+', '-', '~' or '?'.</param>
/// <param name="Target">The domain-spec, macros and all; null is the domain itself.</param>
/// <param name="Prefix4">Length of an IPv4 network, 0 to 32.</param>
/// <param name="Prefix6">Length of an IPv6 network, 0 to 128.</param>
public sealed record SpfTerm(string Text, char Qualifier, SpfKind Kind, string? Target, IPAddress? Address, int Prefix4 = 32, int Prefix6 = 128)
{
    /// <summary>Whether it costs one of the ten lookups (RFC 7208 section 4.6.4).</summary>
    public bool IsLookup => Kind is SpfKind.Include or SpfKind.A or SpfKind.Mx or SpfKind.ReverseName or SpfKind.Exists or SpfKind.Redirect;

    /// <summary>Reads a mechanism.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SpfTerm? term)
    {
        term = null;
        if (text.Length == 0) return false;
        var (qualifier, rest) = "+-~?".Contains(text[0], StringComparison.Ordinal) ? (text[0], text[1..]) : ('+', text);
        var end = rest.IndexOfAny([':', '/']);
        var (name, argument) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        term = name.ToLowerInvariant() switch
        {
            "all" when argument.Length == 0 => new SpfTerm(text, qualifier, SpfKind.All, null, null),
            "include" => Named(SpfKind.Include),
            "exists" => Named(SpfKind.Exists),
            "ptr" when argument.Length == 0 => new SpfTerm(text, qualifier, SpfKind.ReverseName, null, null),
            "ptr" => Named(SpfKind.ReverseName),
            "a" => Hosts(SpfKind.A),
            "mx" => Hosts(SpfKind.Mx),
            "ip4" => Network(SpfKind.Ip4, AddressFamily.InterNetwork, 32),
            "ip6" => Network(SpfKind.Ip6, AddressFamily.InterNetworkV6, 128),
            _ => null,
        };
        return term is not null;

        SpfTerm? Named(SpfKind kind) => argument.Length > 1 && argument[0] == ':' && SpfMacro.IsDomainSpec(argument[1..]) ? new SpfTerm(text, qualifier, kind, argument[1..], null) : null;

        SpfTerm? Hosts(SpfKind kind)
        {
            // A slash inside "%{d/}" is a delimiter of the macro; none other may stand in a name.
            var slash = argument.IndexOf('/', argument.LastIndexOf('}') + 1);
            var (target, prefixes) = slash < 0 ? (argument, "") : (argument[..slash], argument[slash..]);
            if (target.Length > 0 && (target.Length < 2 || target[0] != ':' || !SpfMacro.IsDomainSpec(target[1..]))) return null;
            if (!TryPrefixes(prefixes, out var four, out var six)) return null;

            return new SpfTerm(text, qualifier, kind, target.Length == 0 ? null : target[1..], null, four, six);
        }

        SpfTerm? Network(SpfKind kind, AddressFamily family, int most)
        {
            var parts = argument.Length > 1 && argument[0] == ':' ? argument[1..].Split('/') : [];
            if (parts.Length is < 1 or > 2 || !IPAddress.TryParse(parts[0], out var ip) || ip.AddressFamily != family || (family == AddressFamily.InterNetwork && ip.ToString() != parts[0])) return null;
            var prefix = most;
            if (parts.Length == 2 && !TryPrefix(parts[1], most, out prefix)) return null;

            return new SpfTerm(text, qualifier, kind, null, ip, kind == SpfKind.Ip4 ? prefix : 32, kind == SpfKind.Ip6 ? prefix : 128);
        }
    }

    /// <summary>Whether an address is within the network that begins at another one.</summary>
    public bool Covers(IPAddress network, IPAddress ip)
    {
        if (network.AddressFamily != ip.AddressFamily) return false;
        var (bits, left, right) = (ip.AddressFamily == AddressFamily.InterNetwork ? Prefix4 : Prefix6, network.GetAddressBytes(), ip.GetAddressBytes());
        return Enumerable.Range(0, bits).All(i => ((left[i / 8] ^ right[i / 8]) & (0x80 >> (i % 8))) == 0);
    }

    // "/24", "//64" or "/24//64" (dual-cidr-length).
    private static bool TryPrefixes(string text, out int four, out int six)
    {
        (four, six) = (32, 128);
        if (text.Length == 0) return true;
        var at = text.IndexOf("//", StringComparison.Ordinal);
        var (first, second) = at < 0 ? (text, "") : (text[..at], text[at..]);
        return (first.Length == 0 || TryPrefix(first[1..], 32, out four)) && (second.Length == 0 || TryPrefix(second[2..], 128, out six));
    }

    private static bool TryPrefix(string text, int most, out int prefix) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= most && (text == "0" || text[0] != '0');
}
