using System.Globalization;
using System.Text;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Dns;

/// <summary>Records as CSV, all of them: the zone of each stands in its row. A TXT is one string without quotes of its own.</summary>
public static class RecordTable
{
    public static string Text(IReadOnlyList<DnsRecord> records)
    {
        var text = new StringBuilder(Csv.PlainLine(["zone", "name", "full_name", "type", "ttl", "value", "need", "purpose"]));
        foreach (var r in records)
        {
            text.Append(Csv.PlainLine(
                [r.Zone, r.RelativeName, r.Name, r.TypeName, r.Ttl.ToString(CultureInfo.InvariantCulture), r.Data.Text, r.Need.ToString().ToLowerInvariant(), RecordWords.Title(r)]));
        }
        return text.ToString();
    }
}
