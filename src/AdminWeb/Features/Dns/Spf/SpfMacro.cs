using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>Macros in a domain-spec (RFC 7208 section 7).</summary>
internal static partial class SpfMacro
{
    private const int MaxOctets = 253;

    public static bool IsDomainSpec(string text) => text.Length > 0 && DomainSpec().IsMatch(text);

    /// <param name="sender">local@domain; without a local part it is postmaster (section 4.3).</param>
    public static string Expand(string spec, IPAddress ip, string sender, string helo, string domain)
    {
        if (!sender.Contains('@', StringComparison.Ordinal)) sender = $"postmaster@{sender}";
        var at = sender.LastIndexOf('@');
        var expanded = Macro().Replace(spec, m => m.Value switch
        {
            "%%" => "%",
            "%_" => " ",
            "%-" => "%20",
            _ => Part(m, char.ToLowerInvariant(m.Groups["letter"].Value[0]) switch
            {
                's' => sender,
                'l' => sender[..at],
                'o' => sender[(at + 1)..],
                'd' => domain,
                'i' => Dotted(ip),
                'h' => helo,
                'v' => ip.AddressFamily == AddressFamily.InterNetworkV6 ? "ip6" : "in-addr",
                // %{p}: what the sender's own PTR says, which section 7.2 asks not to use.
                _ => "unknown",
            }),
        });
        // Too long a name loses labels at its left (section 7.3).
        while (expanded.Length > MaxOctets && expanded.Contains('.', StringComparison.Ordinal)) expanded = expanded[(expanded.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return expanded.TrimEnd('.');
    }

    private static string Part(Match macro, string value)
    {
        var delimiters = macro.Groups["delimiters"].Value is { Length: > 0 } some ? some : ".";
        var parts = value.Split(delimiters.ToCharArray());
        if (macro.Groups["reverse"].Success) Array.Reverse(parts);
        if (macro.Groups["count"].Value is { Length: > 0 } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) parts = parts[^Math.Min(count, parts.Length)..];
        var joined = string.Join('.', parts);
        return char.IsAsciiLetterUpper(macro.Groups["letter"].Value[0]) ? Uri.EscapeDataString(joined) : joined;
    }

    private static string Dotted(IPAddress ip) => ip.AddressFamily == AddressFamily.InterNetwork
        ? ip.ToString()
        : Convert.ToHexStringLower(ip.GetAddressBytes()).Aggregate(new StringBuilder(), (text, nibble) => text.Append(text.Length == 0 ? "" : ".").Append(nibble)).ToString();

    [GeneratedRegex(@"%(?:%|_|-|\{(?<letter>[slodiphvSLODIPHV])(?<count>[1-9][0-9]{0,2})?(?<reverse>[rR])?(?<delimiters>[.\-+,/_=]*)\})")]
    private static partial Regex Macro();

    // Ends in a label or a macro, and has no "%" but at a macro's beginning.
    [GeneratedRegex(@"\A(?:[\x21-\x24\x26-\x7e]|%(?:%|_|-|\{[slodiphvSLODIPHV](?:[1-9][0-9]{0,2})?[rR]?[.\-+,/_=]*\}))+(?<=[A-Za-z0-9]\.?|\})\z")]
    private static partial Regex DomainSpec();
}
