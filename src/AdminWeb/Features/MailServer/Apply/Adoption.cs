using AdminPanel.Data;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>What somebody wrote into main.cf, as settings of the panel (postconf(5) has the parameters).</summary>
public static class Adoption
{
    /// <summary>The one file whose parameters are settings; the others hold tables and services.</summary>
    public const string File = "postfix/main.cf";

    private const string OldestTls = ">=TLSv";

    private static readonly Dictionary<string, (string Setting, Func<string, string> Value)> Known = new(StringComparer.Ordinal)
    {
        ["message_size_limit"] = ("message_size_limit", value => value),
        ["myhostname"] = ("host_name", value => value),
        ["relayhost"] = ("relayhost", value => value.Length == 0 ? "none" : value),
        ["smtpd_client_connection_rate_limit"] = ("client_connection_rate", OrNone),
        ["smtpd_client_message_rate_limit"] = ("client_message_rate", OrNone),
        ["smtpd_tls_mandatory_protocols"] = ("tls_minimum", value => value.StartsWith(OldestTls, StringComparison.Ordinal) ? value[OldestTls.Length..] : value),
    };

    /// <param name="place">Of the file, for the sentence.</param>
    /// <param name="applied">Its text as it was put in place.</param>
    /// <param name="there">Its text now.</param>
    /// <returns>The settings that make the one into the other; or every parameter that no setting decides.</returns>
    public static Outcome<IReadOnlyDictionary<string, string?>> Read(string place, string applied, string there)
    {
        var (before, now) = (Parameters(applied), Parameters(there));
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var name in before.Keys.Union(now.Keys).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Order(StringComparer.Ordinal))
        {
            if (now.TryGetValue(name, out var value) && Known.TryGetValue(name, out var known)) settings[known.Setting] = known.Value(value);
            else problems.Add(new Problem(File, "AdoptUnknown", place, name));
        }
        return problems.Count > 0 ? Outcome.Refused<IReadOnlyDictionary<string, string?>>(problems) : Outcome.Done<IReadOnlyDictionary<string, string?>>(settings);
    }

    /// <summary>Whether Postfix reads the same from both.</summary>
    public static bool AreSame(string one, string other) => Parameters(one).OrderBy(p => p.Key, StringComparer.Ordinal).SequenceEqual(Parameters(other).OrderBy(p => p.Key, StringComparer.Ordinal));

    // A line that begins with white space goes on with the one before it; the last one of a name holds.
    private static Dictionary<string, string> Parameters(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0 && line.TrimStart()[0] != '#'))
        {
            if (char.IsWhiteSpace(line[0]) && lines.Count > 0) lines[^1] += " " + line.Trim();
            else lines.Add(line.Trim());
        }
        return lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0].Trim(), StringComparer.Ordinal)
            .ToDictionary(pairs => pairs.Key, pairs => string.Join(' ', pairs.Last()[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparer.Ordinal);
    }

    private static string OrNone(string value) => value == "0" ? "none" : value;
}
