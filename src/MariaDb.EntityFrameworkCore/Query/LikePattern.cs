using System.Text;
using Microsoft.EntityFrameworkCore.Query;

namespace MariaDb.EntityFrameworkCore.Query;

/// <summary>Text as a pattern of LIKE that matches this text and nothing else.</summary>
internal static class LikePattern
{
    /// <summary>Not the backslash, whose meaning depends on sql_mode; and rare in what the panel searches for.</summary>
    public const char Escape = '|';

    public enum Place
    {
        Start,
        End,
        Anywhere,
    }

    /// <summary>Called by compiled queries: the pattern for the value that a parameter has this time.</summary>
    public static string? OfParameter(QueryContext context, string parameter, Place place) => Of(context.Parameters[parameter], place);

    /// <param name="value">A string, a char or null; null matches nothing.</param>
    public static string? Of(object? value, Place place)
    {
        if (value?.ToString() is not { } text) return null;

        var escaped = Escaped(text);
        return place switch
        {
            Place.Start => escaped + "%",
            Place.End => "%" + escaped,
            _ => "%" + escaped + "%",
        };
    }

    private static string Escaped(string text)
    {
        var pattern = new StringBuilder(text.Length + 2);
        foreach (var character in text)
        {
            if (character is '%' or '_' or Escape) pattern.Append(Escape);
            pattern.Append(character);
        }
        return pattern.ToString();
    }
}
