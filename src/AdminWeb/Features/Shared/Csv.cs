using System.Text;

namespace AdminPanel.Web.Features.Shared;

/// <summary>CSV as in RFC 4180, safe to open in a spreadsheet.</summary>
public static class Csv
{
    // What a spreadsheet takes for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
    private const string StartsFormula = "=+-@\t\r\n";

    /// <summary>One record with its line end. A field that would be a formula has an apostrophe before it, which spreadsheets take for "this is text".</summary>
    public static string Line(IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\r\n";

    /// <summary>One record with its line end, for programs: every field is what it was. Only for texts of the panel's own, in which nobody can write a formula.</summary>
    public static string PlainLine(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted)) + "\r\n";

    private static string Field(string? text) =>
        string.IsNullOrEmpty(text) ? "" : Quoted(StartsFormula.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text);

    private static string Quoted(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0) return text;

        return new StringBuilder(text.Length + 8).Append('"').Append(text).Replace("\"", "\"\"", 1, text.Length).Append('"').ToString();
    }
}
