using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Import;

/// <summary>What a CSV file says: a mailbox a line, columns by their headings.</summary>
/// <param name="Unused">Headings that mean nothing here.</param>
public sealed record ImportFile(IReadOnlyList<ImportLine> Lines, IReadOnlyList<string> Unused)
{
    public const int MaxLines = 20_000;

    private const string Address = "address";

    // Without spaces, hyphens and underscores, in lower case; English and German.
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["address"] = Address, ["email"] = Address, ["emailaddress"] = Address, ["mailbox"] = Address, ["username"] = Address, ["adresse"] = Address, ["mailadresse"] = Address, ["postfach"] = Address,
        ["name"] = "name", ["displayname"] = "name", ["fullname"] = "name", ["anzeigename"] = "name",
        ["password"] = "password", ["passwort"] = "password", ["kennwort"] = "password",
        ["passwordhash"] = "hash", ["hash"] = "hash", ["passworthash"] = "hash",
        ["quota"] = "quota", ["quotainbytes"] = "quota", ["kontingent"] = "quota", ["kontingentinbyte"] = "quota",
        ["active"] = "active", ["aktiv"] = "active",
        ["forwardto"] = "forwards", ["forwards"] = "forwards", ["destinations"] = "forwards", ["weiterleitungan"] = "forwards", ["weiterleitenan"] = "forwards", ["ziele"] = "forwards",
    };

    /// <summary>Null where the file as a whole cannot be read, which <paramref name="problem"/> then says.</summary>
    /// <param name="field">The input's property the problem is shown at.</param>
    public static ImportFile? Read(ReadOnlySpan<byte> octets, string field, out Problem? problem) =>
        CsvRecords.Text(octets, field, out problem) is { } text && CsvRecords.Read(text, field, out problem) is { } records ? Read(records, field, out problem) : null;

    private static ImportFile? Read(IReadOnlyList<CsvRecord> records, string field, out Problem? problem)
    {
        problem = null;
        if (records.Count == 0)
        {
            problem = new Problem(field, "CsvEmpty");
            return null;
        }
        var heads = records[0].Fields;
        var places = heads.Select((h, i) => (Column: Columns.GetValueOrDefault(Key(h)), Index: i)).Where(c => c.Column is not null).ToLookup(c => c.Column!, c => c.Index);
        problem = !places.Contains(Address) ? new Problem(field, "CsvNoAddressColumn", Shown(heads[0]))
            : places.FirstOrDefault(p => p.Count() > 1) is { } twice ? new Problem(field, "CsvColumnTwice", heads[twice.ElementAt(0)].Trim(), heads[twice.ElementAt(1)].Trim())
            : records.Count == 1 ? new Problem(field, "CsvEmpty")
            : records.Count - 1 > MaxLines ? new Problem(field, "CsvTooManyLines", MaxLines, records.Count - 1)
            : null;
        if (problem is not null) return null;

        var columns = places.ToDictionary(p => p.Key, p => p.Single());
        return new ImportFile(
            [.. records.Skip(1).Select(r => Line(r, columns, heads.Count))],
            [.. heads.Where((_, i) => !columns.ContainsValue(i)).Select(h => h.Trim()).Where(h => h.Length > 0)]);
    }

    private static ImportLine Line(CsvRecord record, Dictionary<string, int> columns, int width)
    {
        var fault = !record.IsWellFormed ? KeptProblem.Of("CsvQuotes")
            : record.Fields.Any(f => f.Contains('\0', StringComparison.Ordinal)) ? KeptProblem.Of("CsvNul")
            : record.Fields.Count > width ? KeptProblem.Of("CsvTooManyFields", width, record.Fields.Count)
            : null;
        return fault is not null
            ? new ImportLine(record.Line, Shown(record.Fields.ElementAtOrDefault(columns[Address])), Fault: fault)
            : new ImportLine(record.Line, Text(Address) ?? "", Text("name"), Raw("password"), Text("hash"), Text("quota"), Text("active"), Text("forwards"));

        string? Raw(string column) => columns.TryGetValue(column, out var at) ? record.Fields.ElementAtOrDefault(at) : null;

        string? Text(string column) => Raw(column)?.Trim();
    }

    /// <summary>A cell in a sentence or a list: one short line.</summary>
    public static string Shown(string? cell)
    {
        const int Most = 100;
        var line = new string([.. (cell ?? "").Trim().Select(c => char.IsControl(c) ? ' ' : c)]);
        if (line.Length <= Most) return line;

        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[Most - 1]) ? Most - 1 : Most), "…");
    }

    private static string Key(string heading) => new([.. heading.Where(c => c is not (' ' or '-' or '_')).Select(char.ToLowerInvariant)]);
}
