using System.Text.RegularExpressions;

namespace AdminPanel.Data.Mapping;

/// <summary>
/// The words that columns hold for the members of an enum: CatchAll as catch_all, which is what the lookup tables
/// compare with. Public, as the compiled model calls it.
/// </summary>
public static partial class Words
{
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum => SnakeCase(value.ToString());

    /// <exception cref="ArgumentException">No member has this word.</exception>
    public static TEnum Parse<TEnum>(string word) where TEnum : struct, Enum =>
        Enum.Parse<TEnum>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    internal static string SnakeCase(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
