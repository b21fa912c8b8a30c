using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Data.Addresses;

/// <summary>
/// A host that takes mail, and its port: a name with a dot in A-labels, or an address. It is asked as it stands here,
/// without a look at MX records: Postfix writes it as [host]:port.
/// </summary>
public sealed record NextHop
{
    public const int DefaultPort = 25;

    internal NextHop(string host, int port) => (Host, Port) = (host, port);

    /// <summary>Letters, digits and . - for a name, digits and . or : for an address: nothing that a lookup table could misread.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>Reads "mx.example.org", "mx.example.org:25", "[mx.example.org]:25", "192.0.2.1:25" and "[2001:db8::1]:25".</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NextHop? hop)
    {
        hop = null;
        var (host, port) = Split((text ?? "").Trim());
        if (!TryReadPort(port, out var number) || Normal(host) is not { } normal) return false;

        hop = new NextHop(normal, number);
        return true;
    }

    /// <summary>As people and Postfix write it: [mx.example.org]:25.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}");

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0) return ("", null);
            var rest = text[(end + 1)..];
            return rest.Length == 0 ? (text[1..end], null) : rest[0] == ':' ? (text[1..end], rest[1..]) : ("", null);
        }
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        // More than one colon without brackets is an address of IPv6.
        return colon < 0 || text.IndexOf(':', colon + 1) >= 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static bool TryReadPort(string? text, out int port)
    {
        port = DefaultPort;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535);
    }

    private static string? Normal(string host)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            // "1" and "0x7f.1" are addresses to the parser, a zone index has a percent sign.
            var isPlain = address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId == 0 && !host.Contains('%', StringComparison.Ordinal) : address.ToString() == host;
            return isPlain ? address.ToString() : null;
        }
        return DomainName.TryParse(host, out var name) ? name.Value : null;
    }
}
