namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>One line of authorization.txt: a page's handler or a verb, and what each actor is answered.</summary>
/// <param name="Name">"POST /mailboxes/{address}?handler=State", or "mailbox show {address}".</param>
/// <param name="Cells">By column: the answer, or "answer for what is there/answer for what is not".</param>
/// <param name="Fields">What a form sends besides what stands in it; for a verb that is not run, why.</param>
internal sealed record AuthorizationRow(string Name, IReadOnlyList<string> Cells, string Fields)
{
    /// <summary>The column that says which permission a handler needs; several joined by "+" where each of them opens it.</summary>
    public const string Needs = "needs";

    public bool IsVerb => !Name.Contains(" /", StringComparison.Ordinal);

    /// <summary>A line as the file has it.</summary>
    public static string Line(string name, IEnumerable<string> cells, string fields) =>
        $"{name,-52} {string.Join(' ', cells.Select(c => c.PadRight(15)))}{(fields.Length == 0 ? "" : $" | {fields}")}".TrimEnd();
}

/// <summary>authorization.txt, which says how to read and change it.</summary>
internal sealed record AuthorizationTable(IReadOnlyList<string> Columns, IReadOnlyList<AuthorizationRow> Rows)
{
    public const string File = "tests/Integration/Matrix/authorization.txt";

    private const string Header = "handler";

    public static AuthorizationTable Read()
    {
        IReadOnlyList<string> columns = [];
        var rows = new List<AuthorizationRow>();
        foreach (var line in System.IO.File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Matrix", "authorization.txt")))
        {
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#')) continue;

            var halves = line.Split(" | ", 2);
            var words = halves[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var cells = words[1..].SelectMany(w => w.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            if (words[0] == Header) columns = cells;
            else rows.Add(new AuthorizationRow(words[0], cells, halves.Length > 1 ? halves[1].Trim() : ""));
        }
        return new AuthorizationTable(columns, rows);
    }
}
