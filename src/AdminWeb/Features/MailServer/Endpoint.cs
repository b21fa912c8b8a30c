using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>Where a daemon listens: an IP address, or null for all of them, and a port.</summary>
public sealed record Endpoint(IPAddress? Address, int Port)
{
    /// <summary>The first field of a line in master.cf: "25", "127.0.0.1:25" or "[::1]:25" (master(5)).</summary>
    public string Postfix => Address is null ? Invariant(Port) : $"{Literal(Address)}:{Invariant(Port)}";

    /// <summary>The address of an inet_listener in dovecot.conf; "*, ::" is all of them.</summary>
    public string DovecotAddress => Address?.ToString() ?? "*, ::";

    /// <summary>Reads "*:25", "192.0.2.1:25" or "[2001:db8::1]:25".</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Endpoint? endpoint)
    {
        endpoint = null;
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !SettingValue.IsNumber(text[(colon + 1)..], out var port) || port is < 1 or > 65535) return false;

        var host = text[..colon];
        if (host == "*")
        {
            endpoint = new Endpoint(null, port);
            return true;
        }
        // An IPv6 address without its brackets would make the last colon ambiguous.
        if (host.Contains(':', StringComparison.Ordinal) != (host.StartsWith('[') && host.EndsWith(']'))) return false;
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address) || address.ToString() != host.Trim('[', ']')) return false;

        endpoint = new Endpoint(address, port);
        return true;
    }

    /// <summary>As it is written in a setting.</summary>
    public override string ToString() => $"{(Address is null ? "*" : Literal(Address))}:{Invariant(Port)}";

    private static string Literal(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
