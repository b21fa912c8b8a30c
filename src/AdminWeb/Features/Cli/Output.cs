using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Cli;

/// <summary>Where a verb says what it did: text for people or one JSON document on stdout, reasons on stderr.</summary>
internal sealed class Output(TextWriter stdout, TextWriter stderr, bool isJson, bool isCsv = false)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        // A terminal is no web page: "Grüße" and "<" stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new DomainNameConverter() },
    };

    /// <param name="value">The JSON document.</param>
    /// <param name="text">The same for people.</param>
    public int Done<T>(T value, Func<T, string> text)
    {
        stdout.WriteLine(isJson ? JsonSerializer.Serialize(value, JsonOptions) : text(value));
        return ExitStatus.Done;
    }

    /// <summary>A list: an array, CSV with a header line, or a table with one.</summary>
    public int List<T>(IReadOnlyList<T> rows, params ReadOnlySpan<(string Header, Func<T, string?> Cell)> columns)
    {
        if (isJson) return Done(rows, _ => "");

        var cells = new List<string[]> { columns.ToArray().Select(c => c.Header).ToArray() };
        foreach (var row in rows) cells.Add(columns.ToArray().Select(c => c.Cell(row) ?? "").ToArray());
        if (isCsv)
        {
            foreach (var line in cells) stdout.Write(Csv.Line(line));
            return ExitStatus.Done;
        }
        var widths = Enumerable.Range(0, columns.Length).Select(i => cells.Max(c => c[i].Length)).ToArray();
        foreach (var line in cells) stdout.WriteLine(string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        return ExitStatus.Done;
    }

    /// <summary>A list within something larger: in JSON the whole, as CSV the list alone, for people the list and lines below it.</summary>
    public void Listed<TWhole, T>(TWhole whole, IReadOnlyList<T> rows, IReadOnlyList<string> lines, params ReadOnlySpan<(string Header, Func<T, string?> Cell)> columns)
    {
        if (isJson)
        {
            Done(whole, _ => "");
            return;
        }
        List(rows, columns);
        if (isCsv) return;
        foreach (var line in lines) stdout.WriteLine(string.Concat(line.Select(c => char.IsControl(c) ? '?' : c)));
    }

    /// <summary>A line about a part of the work, for people: the document at the end has it, too.</summary>
    public void Part(string line)
    {
        if (!isJson) stdout.WriteLine(line);
    }

    /// <summary>A line about a part of the work that was not done.</summary>
    /// <param name="line">May hold what strangers chose, as names of files: nothing in it moves a terminal.</param>
    public void PartFailed(string line) => stderr.WriteLine(string.Concat(line.Select(c => char.IsControl(c) ? '?' : c)));

    public int Refused(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems) stderr.WriteLine(ProblemSentence.Of(problem));
        if (isJson) WriteError(problems.Select(p => new { p.Field, p.Code, Message = ProblemSentence.Of(p) }));
        return ExitStatus.Refused;
    }

    public int Failed(int status, string sentence)
    {
        stderr.WriteLine(sentence);
        if (isJson) WriteError([new { Field = "", Code = CodeOf(status), Message = sentence }]);
        return status;
    }

    private static string CodeOf(int status) => status switch
    {
        ExitStatus.Usage => "Usage",
        ExitStatus.OutsideFailed => "OutsideFailed",
        ExitStatus.Unknown => "Unknown",
        _ => "Refused",
    };

    private void WriteError<T>(IEnumerable<T> problems) => stdout.WriteLine(JsonSerializer.Serialize(new { problems }, JsonOptions));

    private sealed class DomainNameConverter : JsonConverter<DomainName>
    {
        public override DomainName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => DomainName.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, DomainName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
