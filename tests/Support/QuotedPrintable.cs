using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AdminPanel.Tests.Support;

/// <summary>A text body as mail carries it.</summary>
public static partial class QuotedPrintable
{
    /// <summary>RFC 2045 section 6.7, of UTF-8.</summary>
    public static string Decode(string body)
    {
        var joined = SoftBreak().Replace(body, "");
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Octet().Replace(joined, m => $"{(char)byte.Parse(m.Groups[1].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)}")));
    }

    [GeneratedRegex("=\r?\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Octet();
}
