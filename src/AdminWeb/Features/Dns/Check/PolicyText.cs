using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>A policy on TLS as senders read it (RFC 8461 section 3.2).</summary>
/// <param name="Mode">"none", "testing" or "enforce".</param>
/// <param name="Hosts">Names of MX hosts, or "*." and a name, in lower case and in order.</param>
/// <param name="MaxAge">Seconds.</param>
public sealed record PolicyText(string Mode, IReadOnlyList<string> Hosts, int MaxAge)
{
    /// <summary>About a year (RFC 8461 section 3.2).</summary>
    private const int LongestAge = 31_557_600;

    /// <param name="fault">The key or the line that is missing or wrong; null where none is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PolicyText? policy, [NotNullWhen(false)] out string? fault)
    {
        (policy, fault) = (null, null);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var hosts = new List<string>();
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd(' ', '\t', '\r')).Where(l => l.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = colon < 1 ? (line, "") : (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
            if (colon < 1 || value.Length == 0 || (key == "mx" && !IsHost(value)))
            {
                fault = line.Length > 100 ? line[..100] : line;
                return false;
            }
            if (key == "mx") hosts.Add(value.ToLowerInvariant());
            // Of a key that stands twice the first one counts.
            else fields.TryAdd(key, value);
        }
        fault = Missing(fields, hosts);
        if (fault is not null) return false;

        policy = new PolicyText(fields["mode"], [.. hosts.Distinct().Order(StringComparer.Ordinal)], Age(fields)!.Value);
        return true;
    }

    public bool IsSame(PolicyText other) => (Mode, MaxAge) == (other.Mode, other.MaxAge) && Hosts.SequenceEqual(other.Hosts);

    private static string? Missing(Dictionary<string, string> fields, List<string> hosts) =>
        fields.GetValueOrDefault("version") != "STSv1" ? "version"
        : fields.GetValueOrDefault("mode") is not ("none" or "testing" or "enforce") ? "mode"
        : Age(fields) is null ? "max_age"
        : hosts.Count == 0 && fields["mode"] != "none" ? "mx" : null;

    private static int? Age(Dictionary<string, string> fields) =>
        int.TryParse(fields.GetValueOrDefault("max_age"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestAge ? seconds : null;

    private static bool IsHost(string value) => (value.StartsWith("*.", StringComparison.Ordinal) ? value[2..] : value) is { Length: > 0 and <= 253 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
