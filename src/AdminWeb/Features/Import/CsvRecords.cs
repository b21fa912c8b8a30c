using System.Globalization;
using System.Text;
using AdminPanel.Data;
using CsvHelper;
using CsvHelper.Configuration;

namespace AdminPanel.Web.Features.Import;

/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="IsWellFormed">False where its quotes do not match.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, bool IsWellFormed);

/// <summary>CSV as spreadsheets write it: RFC 4180, or with semicolons or tabs, in UTF-8.</summary>
internal static class CsvRecords
{
    /// <summary>Octets; far above what the lines that are taken need.</summary>
    public const int MaxOctets = 10 << 20;

    /// <summary>Characters of a line. The longest list of forwards has fewer in a field than people want to look at.</summary>
    public const int MaxOfLine = 100_000;

    private const char Mark = '\uFEFF';

    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>The text of a file; null where it is not what is taken, which <paramref name="problem"/> then says.</summary>
    public static string? Text(ReadOnlySpan<byte> octets, string field, out Problem? problem)
    {
        problem = null;
        if (octets.Length > MaxOctets)
        {
            problem = new Problem(field, "CsvTooLarge", new ByteSize(MaxOctets));
            return null;
        }
        try
        {
            // UTF-16 is well-formed UTF-8 where it is all ASCII, but for its mark, which is not.
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            problem = new Problem(field, "CsvNotUtf8");
            return null;
        }
    }

    /// <summary>The fields of every record that has any; null where a line is too long, which <paramref name="problem"/> then says.</summary>
    public static IReadOnlyList<CsvRecord>? Read(string text, string field, out Problem? problem)
    {
        text = text.TrimStart(Mark);
        problem = LongLine(text) is { } line ? new Problem(field, "CsvLineTooLong", line, MaxOfLine) : null;
        if (problem is not null) return null;

        var (records, isBad) = (new List<CsvRecord>(), false);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text).ToString(), IgnoreBlankLines = true, MaxFieldSize = MaxOfLine, BadDataFound = _ => isBad = true,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        try
        {
            for (; parser.Read(); isBad = false)
            {
                if (parser.Record!.All(string.IsNullOrWhiteSpace)) continue;

                // What it has read up to now, less the line ends inside this record.
                records.Add(new CsvRecord(parser.RawRow - parser.Record!.Sum(f => f.Count(c => c == '\n')), parser.Record!, !isBad));
            }
        }
        catch (MaxFieldSizeException)
        {
            problem = new Problem(field, "CsvLineTooLong", parser.RawRow + 1, MaxOfLine);
            return null;
        }
        return records;
    }

    // By the first line, which names the columns.
    private static char DelimiterOf(string text)
    {
        var first = text.AsSpan().TrimStart("\r\n");
        var end = first.IndexOfAny('\r', '\n');
        var head = (end < 0 ? first : first[..end]).ToString();
        return Delimiters.MaxBy(d => head.Count(c => c == d));
    }

    private static int? LongLine(string text)
    {
        var number = 1;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > MaxOfLine) return number;
            number++;
        }
        return null;
    }
}
