using System.Buffers;
using System.Globalization;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>An answer of a breach service: a line for each digest, the rest of it in hexadecimal, a colon, and how often it was met.</summary>
public static class BreachRange
{
    /// <summary>Hexadecimal digits of SHA-1 without the five that were sent.</summary>
    public const int RestLength = 35;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <param name="rest">Of the digest that is looked for, in hexadecimal.</param>
    /// <returns>Null where the answer is something else than such a list.</returns>
    public static bool? Contains(string answer, string rest)
    {
        var (rows, isKnown) = (0, false);
        foreach (var line in answer.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty) continue;
            if (line.Length < RestLength + 2 || line[RestLength] != ':' || line[..RestLength].ContainsAnyExcept(Hexadecimal)) return null;
            if (!long.TryParse(line[(RestLength + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;

            rows++;
            // A count of 0 is a row of padding.
            isKnown |= count > 0 && line[..RestLength].Equals(rest, StringComparison.OrdinalIgnoreCase);
        }
        return rows == 0 ? null : isKnown;
    }
}
