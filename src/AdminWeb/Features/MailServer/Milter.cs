using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>A mail filter that Postfix asks beside the spam filter (MILTER_README): "inet:host:port", "inet:[2001:db8::1]:port" or "unix:/path".</summary>
public sealed record Milter
{
    /// <summary>Each is asked at every step of every message.</summary>
    public const int Most = 8;

    // Longer names of sockets than this cannot be connected to (unix(7)).
    private const int LongestSocket = 107;

    private Milter(string text) => Text = text;

    /// <summary>As it stands in the setting and in main.cf.</summary>
    public string Text { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out Milter? milter)
    {
        milter = text.Split(':', 2) switch
        {
            ["unix", var path] when SettingValue.IsPath(path) && path.Length <= LongestSocket => new Milter(text),
            ["inet", var place] when IsPlace(place) => new Milter(text),
            _ => null,
        };
        return milter is not null;
    }

    /// <summary>Several with commas between them, each once; null where one is none.</summary>
    public static IReadOnlyList<Milter>? ParseAll(string text)
    {
        var all = text.Split(',').Select(one => TryParse(one, out var milter) ? milter : null).ToList();
        return all.Count <= Most && !all.Contains(null) && all.Distinct().Count() == all.Count ? all.OfType<Milter>().ToList() : null;
    }

    /// <summary>Its entry in smtpd_milters, with what becomes of a message while it is away.</summary>
    public string Entry(string whileAway) => $"{{ {Text}, default_action={whileAway} }}";

    private static bool IsPlace(string place)
    {
        var colon = place.LastIndexOf(':');
        if (colon < 1 || !SettingValue.IsNumber(place[(colon + 1)..], out var port) || port is < 1 or > 65535) return false;

        var host = place[..colon];
        return host.StartsWith('[') && host.EndsWith(']')
            ? host[1..^1].Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host[1..^1], out var v6) && v6.ToString() == host[1..^1]
            : !host.Contains(':', StringComparison.Ordinal) && (IPAddress.TryParse(host, out var v4) ? v4.ToString() == host : SettingValue.IsHostName(host, out _));
    }
}
