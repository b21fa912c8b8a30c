using System.Text;

namespace AdminPanel.Web.Features.Shared;

/// <summary>CSV as in RFC 4180, safe to open in a spreadsheet.</summary>
public static class Csv
{
    // What a spreadsheet takes for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
    private const string StartsFormula = "=+-@\t\r\n";

    /// <summary>One record with its line end. A field that would be a formula has an apostrophe before it, which spreadsheets take for "this is text".</summary>
    public static string Line(IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\r\n";

    private static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (StartsFormula.Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0) return text;

        return new StringBuilder(text.Length + 8).Append('"').Append(text).Replace("\"", "\"\"", 1, text.Length).Append('"').ToString();
    }
}
