using System.Text;

namespace AdminPanel.Data;

/// <summary>Tags as people type them: words with spaces or commas between, NFC and lower case, each once.</summary>
public static class TagList
{
    /// <summary>Characters of one tag.</summary>
    public const int MaxLength = 32;

    /// <summary>Tags of one thing: more is no help in sorting.</summary>
    public const int MaxCount = 10;

    // Besides letters and digits, and never first: a tag stands in a URL and in a column of a CSV.
    private const string Inside = "-_.";

    public static IReadOnlyList<string> Split(string? text) => [.. Normal(text ?? "")
        .Split([' ', ',', ';', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <param name="tag">One of <see cref="Split"/>.</param>
    public static bool IsTag(string tag) =>
        tag.Length is > 0 and <= MaxLength && char.IsLetterOrDigit(tag[0]) && tag.All(c => char.IsLetterOrDigit(c) || Inside.Contains(c, StringComparison.Ordinal));

    // Normalize throws on an unpaired surrogate; the replacement character is in no tag.
    private static string Normal(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize().ToLowerInvariant();
}
