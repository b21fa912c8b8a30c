using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// The releases of Dovecot and Postfix that a tree is rendered for, as "2.4" and "3.10". Dovecot 2.3 and 2.4 share
/// little syntax; the four of Postfix read the same files.
/// </summary>
public sealed partial record DaemonVersions
{
    public const string Dovecot23 = "2.3";
    public const string Dovecot24 = "2.4";

    // The least of each that reads what is rendered: Dovecot 2.4.0 has other names than 2.4.1, and older ones of Postfix
    // do not know how to keep apart messages that a sender smuggles into one another (smtpd_forbid_bare_newline).
    private static readonly (string Series, int Least)[] Dovecots = [(Dovecot23, 0), (Dovecot24, 1)];

    private static readonly (string Series, int Least)[] Postfixes = [("3.7", 10), ("3.8", 5), ("3.9", 0), ("3.10", 0)];

    private DaemonVersions(string dovecot, string postfix)
    {
        Dovecot = dovecot;
        Postfix = postfix;
    }

    public string Dovecot { get; }

    public string Postfix { get; }

    /// <summary>All of one daemon, oldest first.</summary>
    public static IReadOnlyList<string> KnownDovecots => [.. Dovecots.Select(known => known.Series)];

    public static IReadOnlyList<string> KnownPostfixes => [.. Postfixes.Select(known => known.Series)];

    /// <summary>Reads versions as the daemons print them ("2.4.1-4 (7d8c0e5759)", "3.10.13") or as a person names them ("2.4").</summary>
    /// <param name="dovecot">Null: it is not installed, and nobody named one.</param>
    /// <param name="postfix">Likewise.</param>
    /// <returns>The versions, or why not: a newer one may read these files in another way, so it is named by a person or not at all.</returns>
    public static Outcome<DaemonVersions> Read(string? dovecot, string? postfix)
    {
        var problems = new List<Problem>();
        var read = new DaemonVersions(Series("Dovecot", dovecot, Dovecots, problems), Series("Postfix", postfix, Postfixes, problems));
        return problems.Count > 0 ? Outcome.Refused<DaemonVersions>(problems) : Outcome.Done(read);
    }

    private static string Series(string daemon, string? version, (string Series, int Least)[] known, List<Problem> problems)
    {
        var option = "--" + daemon.ToLowerInvariant();
        var newest = known[^1].Series;
        var all = string.Join(", ", known.Select(one => one.Series));
        if (version is null)
        {
            problems.Add(new Problem(option, "DaemonMissing", daemon, all, $"{option} {newest}"));
            return "";
        }
        var match = Version().Match(version);
        var series = match.Groups["series"].Value;
        if (!known.Any(one => one.Series == series))
        {
            problems.Add(new Problem(option, "DaemonVersionUnknown", daemon, version.Trim(), all, $"{option} {newest}"));
        }
        else if (known.Single(one => one.Series == series).Least is var least && match.Groups["patch"] is { Success: true } patch && int.Parse(patch.Value, CultureInfo.InvariantCulture) < least)
        {
            problems.Add(new Problem(option, "DaemonVersionTooOld", daemon, version.Trim(), string.Create(CultureInfo.InvariantCulture, $"{series}.{least}")));
        }
        return series;
    }

    [GeneratedRegex(@"^\s*(?<series>[0-9]+\.[0-9]+)(\.(?<patch>[0-9]{1,4}))?(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
