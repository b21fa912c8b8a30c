using System.Text;

namespace AdminPanel.Web.Features.Scripts;

/// <summary>
/// What people write, as parts of a sieve script. Whatever it is, it stays inside its string: the panel's script requires
/// neither "variables" nor "encoded-character", so only the quote and the backslash mean something in one (RFC 5228
/// section 2.4.2).
/// </summary>
public static class SieveText
{
    /// <summary>A quoted string. NUL cannot stand in one.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            if (c != '\0') quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>A pattern of :matches that the text itself matches, and nothing else (RFC 5228 section 2.7.1).</summary>
    public static string Literally(string text)
    {
        var pattern = new StringBuilder(text.Length + 2);
        foreach (var c in text)
        {
            if (c is '*' or '?' or '\\') pattern.Append('\\');
            pattern.Append(c);
        }
        return pattern.ToString();
    }
}
