using System.Globalization;
using System.Text;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The records as plain text for a message to whoever keeps the zone, in the language of whoever writes it. Lines ended by LF.</summary>
public static class ZoneLetter
{
    public static string Text(DomainName domain, IReadOnlyList<DnsRecord> records)
    {
        var text = new StringBuilder(RecordWords.Word("LetterBegin", domain.Unicode)).Append('\n');
        foreach (var place in records.GroupBy(r => r.Place))
        {
            text.Append('\n').Append(RecordWords.Word($"Place{place.Key}", domain.Unicode)).Append('\n');
            foreach (var record in place) Append(text, record);
        }
        return text.Append('\n').Append(RecordWords.Word("LetterEnd")).Append('\n').ToString();
    }

    private static void Append(StringBuilder text, DnsRecord record)
    {
        text.Append('\n').Append(RecordWords.Title(record)).Append(" (").Append(RecordWords.Need(record)).Append(")\n").Append(RecordWords.Purpose(record)).Append('\n');
        (string Word, string Value)[] fields =
        [
            ("FieldType", record.TypeName),
            ("FieldName", record.RelativeName),
            ("FieldFullName", record.Name),
            ("FieldValue", record.Data.Text),
            ("FieldTtl", record.Ttl.ToString(CultureInfo.InvariantCulture)),
        ];
        var labels = fields.Select(f => RecordWords.Word(f.Word) + ":").ToArray();
        var width = labels.Max(l => l.Length);
        foreach (var (label, value) in labels.Zip(fields, (l, f) => (l, f.Value))) text.Append("  ").Append(label.PadRight(width)).Append(' ').Append(value).Append('\n');
    }
}
