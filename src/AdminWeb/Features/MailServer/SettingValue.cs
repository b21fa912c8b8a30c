using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// The shapes a setting may have. Each names what it takes, and nothing that it takes can mean more than itself in a
/// configuration file: no quote, space, control character, "&lt;" (Dovecot would read that file as root), "$", "%",
/// brace, "#" or backslash.
/// </summary>
public static partial class SettingValue
{
    /// <summary>An absolute path without "." and ".." steps.</summary>
    public static bool IsPath(string text) => Path().IsMatch(text) && !text.Split('/').Any(step => step is "." or "..");

    /// <summary>Of a directory with sockets: those names are at most 107 octets long (unix(7)), and the daemons append their own.</summary>
    public static bool IsSocketDirectory(string text) => IsPath(text) && text.Length <= 80;

    /// <summary>A name in the database: a schema or an account.</summary>
    public static bool IsIdentifier(string text) => Identifier().IsMatch(text);

    /// <summary>A password that a program made: at least 16 characters, none of which needs quoting anywhere.</summary>
    public static bool IsSecret(string text) => Secret().IsMatch(text);

    /// <summary>The next hop for all mail to other hosts: "[192.0.2.1]:25" or "[relay.example.org]:587".</summary>
    public static bool IsRelayhost(string text) => Relayhost().IsMatch(text);

    /// <summary>Decimal digits and nothing else: int.TryParse alone takes NUL characters at the end.</summary>
    public static bool IsNumber(string text, out int number)
    {
        number = 0;
        return text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A numeric user or group id that is neither root's nor a system service's.</summary>
    public static bool IsAccountId(string text, out int id) =>
        IsNumber(text, out id) && id is >= 100 and < 65534;

    /// <summary>A number of bytes from one megabyte to one gigabyte.</summary>
    public static bool IsMessageSize(string text, out int bytes) =>
        IsNumber(text, out bytes) && bytes is >= 1_048_576 and <= 1_073_741_824;

    /// <summary>A number of events a minute.</summary>
    public static bool IsRate(string text, out int events) => IsNumber(text, out events) && events is >= 1 and <= 1_000_000;

    /// <summary>Connections that one person may have open from one address.</summary>
    public static bool IsConnections(string text, out int connections) => IsNumber(text, out connections) && connections is >= 1 and <= 1_000;

    /// <summary>Up to eight different host names with commas between them: each is asked about every client that connects.</summary>
    public static bool IsHostNames(string text)
    {
        var names = text.Split(',');
        return names.Length <= 8 && names.All(name => IsHostName(name, out _)) && names.Distinct(StringComparer.Ordinal).Count() == names.Length;
    }

    /// <summary>Up to eight IP addresses as they are written shortest, none twice, none that only this host or its own network reaches.</summary>
    public static bool IsPublicAddresses(string text)
    {
        var addresses = text.Split(',');
        return addresses.Length <= 8 && addresses.All(IsPublicAddress) && addresses.Distinct(StringComparer.Ordinal).Count() == addresses.Length;
    }

    // A scope ("%eth0") and the unspecified address are addresses to the library.
    private static bool IsPublicAddress(string text) =>
        IPAddress.TryParse(text, out var ip) && ip.ToString() == text && !text.Contains('%', StringComparison.Ordinal) && !IPAddress.IsLoopback(ip) && !ip.IsIPv6LinkLocal && !ip.IsIPv4MappedToIPv6 && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any);

    /// <summary>An address that needs no quoting anywhere: the address that mail for the host itself goes to.</summary>
    public static bool IsRecipient(string text, out EmailAddress address) =>
        EmailAddress.TryParse(text, out address) && PlainLocalPart().IsMatch(address.LocalPart.Value) && address.Value == text;

    public static bool IsHostName(string text, out DomainName name) => DomainName.TryParse(text, out name) && name.Value == text;

    /// <summary>An endpoint, or "none" for a service that is not offered (null).</summary>
    public static bool IsOptionalEndpoint(string text, out Endpoint? endpoint)
    {
        endpoint = null;
        return text == "none" || Endpoint.TryParse(text, out endpoint);
    }

    [GeneratedRegex(@"^(/[A-Za-z0-9._@+-]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"^[a-z0-9._=-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainLocalPart();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{16,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();

    [GeneratedRegex(@"^\[[A-Za-z0-9][A-Za-z0-9.:-]{0,252}\](:[0-9]{1,5})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Relayhost();
}
