using System.Globalization;
using System.Resources;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>A finding as people read it, in the language of the request or of the command line.</summary>
internal static class AliasFindingText
{
    /// <summary>Addresses of a way that are shown; the rest is left out in the middle.</summary>
    private const int Most = 8;

    private static readonly ResourceManager Words = new(typeof(AliasesText));

    /// <summary>a → b → c, shortened.</summary>
    public static string Way(AliasFinding finding)
    {
        var way = Way(finding.Way);
        return finding is { Count: > 1, Fault: not (AliasFault.TooMany or AliasFault.NearLimit) } ? Of("AndMoreWays", way, finding.Count - 1) : way;
    }

    /// <param name="addresses">Null stands for what may not be seen.</param>
    public static string Way(IReadOnlyList<string?> addresses)
    {
        var names = addresses.Select(a => a is null ? "…" : AddressText.Unicode(a)).ToList();
        if (names.Count > Most) names = [.. names[..(Most - 2)], "…", names[^1]];
        return string.Join(" → ", names);
    }

    /// <summary>Why, and what repairs it.</summary>
    public static string Repair(AliasFinding finding) =>
        Of($"Cause{finding.Cause}", AddressText.Unicode(finding.Way.LastOrDefault(a => a is not null)!), AddressText.Unicode(finding.Address), finding.Count, Expansion.Limit);

    public static string Title(AliasFault fault) => Of($"Fault{fault}");

    /// <summary>What Postfix does with the mail.</summary>
    public static string Meaning(AliasFault fault) => Of($"Fault{fault}Means");

    public static string Word(string key) => Of(key);

    private static string Of(string key, params object[] args) => string.Format(CultureInfo.CurrentCulture, Words.GetString(key, CultureInfo.CurrentUICulture)!, args);
}
