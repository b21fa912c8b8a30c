using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>One value that a field is sent, and what is to be answered.</summary>
/// <param name="Text">As the table has it; <see cref="BadInputTable.Expand"/> reads it.</param>
/// <param name="Line">Of the table, from 0.</param>
internal sealed record BadValue(string Text, string Expected, int Line);

/// <summary>A field of a form: a cell for each of <see cref="BadInputTable.Columns"/>, and what is wrong for this field alone.</summary>
internal sealed record BadField(string Name, IReadOnlyList<string> Cells, int Line)
{
    public List<BadValue> Values { get; } = [];
}

/// <summary>A form of a page.</summary>
/// <param name="Name">Method and pattern of its handler, as authorization.txt has them.</param>
/// <param name="Page">Pattern of the page where it stands.</param>
/// <param name="Login">Who sends it; null is a stranger.</param>
/// <param name="Typed">What makes it a form that is carried out.</param>
internal sealed record BadForm(string Name, string Page, string? Login, string Typed)
{
    public List<BadField> Fields { get; } = [];
}

/// <summary>bad-input.txt, which says how to read and change it.</summary>
internal sealed partial record BadInputTable(IReadOnlyList<string> Lines, IReadOnlyList<BadForm> Forms)
{
    public const string File = "tests/Integration/Matrix/bad-input.txt";

    /// <summary>What every field is sent once.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["missing", "twice", "huge", "control", "broken"];

    public static BadInputTable Read()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Matrix", "bad-input.txt"));
        var forms = new List<BadForm>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#')) continue;

            if (line[0] != ' ') forms.Add(Form(line));
            else if (line.StartsWith("    ", StringComparison.Ordinal)) forms[^1].Fields[^1].Values.Add(Value(line, i));
            else forms[^1].Fields.Add(Field(line, i));
        }
        return new BadInputTable(lines, forms);
    }

    /// <summary>A field's line as the table has it.</summary>
    public static string FieldLine(string name, IEnumerable<string> cells) => $"  {name,-24} {string.Join(' ', cells.Select(c => c.PadRight(22)))}".TrimEnd();

    /// <summary>A value's line as the table has it.</summary>
    public static string ValueLine(string text, string expected) => $"    {text,-54}  {expected}";

    /// <summary>{a*65} is 65 times a; \n, \t and \u0007 are what they are in C#; quotes keep spaces at an end.</summary>
    public static string Expand(string text)
    {
        if (text.Length > 1 && text[0] == '"' && text[^1] == '"') text = text[1..^1];
        text = Repeated().Replace(text, m => string.Concat(Enumerable.Repeat(m.Groups[1].Value, int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))));
        return Escaped().Replace(text, m => m.Value switch
        {
            "\\n" => "\n",
            "\\t" => "\t",
            var code => ((char)int.Parse(code[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        });
    }

    /// <summary>"A=1&amp;B=2".</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string typed) =>
        typed.Split('&', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).Select(p => (p[0], Expand(p.ElementAtOrDefault(1) ?? "")));

    private static BadForm Form(string line)
    {
        var halves = line.Split(" | ", 2);
        var words = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = $"{words[0]} {words[1]}";
        string? Word(string key) => Array.IndexOf(words, key) is > 0 and var at ? words[at + 1] : null;
        var page = Word("from") ?? words[1].Replace("?handler=", "?", StringComparison.Ordinal).Split('?')[0];
        var login = Word("as") ?? "root";
        return new BadForm(name, page, login == "nobody" ? null : login, halves.Length > 1 ? halves[1].Trim() : "");
    }

    private static BadField Field(string line, int at)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new BadField(words[0], words[1..], at);
    }

    private static BadValue Value(string line, int at)
    {
        var end = line.LastIndexOf("  ", StringComparison.Ordinal);
        return new BadValue(line[..end].Trim(), line[end..].Trim(), at);
    }

    [GeneratedRegex(@"\{(.+?)\*(\d+)\}")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"\\n|\\t|\\u[0-9a-fA-F]{4}")]
    private static partial Regex Escaped();
}
