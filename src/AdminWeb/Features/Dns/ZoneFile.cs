using System.Globalization;
using System.Text;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>
/// Records as lines of a zone file (RFC 1035 section 5): to be included in the domain's zone, so without SOA and NS. What
/// stands in another zone is a comment, since a name server refuses it here.
/// </summary>
public static class ZoneFile
{
    public static string Text(DomainName zone, IReadOnlyList<DnsRecord> records)
    {
        var origin = WantedRecords.Absolute(zone);
        var (here, elsewhere) = (records.Where(r => r.Zone == origin).ToList(), records.Where(r => r.Zone != origin).ToList());
        var text = new StringBuilder().Append("$ORIGIN ").Append(origin).Append('\n');
        Lines(text, here.Select(r => (r.RelativeName, r)), "");
        foreach (var other in elsewhere.GroupBy(r => r.Zone))
        {
            text.Append("\n; In the zone ").Append(other.Key).Append('\n');
            Lines(text, other.Select(r => (r.Name, r)), "; ");
        }
        return text.ToString();
    }

    private static void Lines(StringBuilder text, IEnumerable<(string Name, DnsRecord Record)> records, string before)
    {
        var rows = records.ToList();
        var (name, type) = (rows.Select(r => r.Name.Length).DefaultIfEmpty().Max(), rows.Select(r => r.Record.TypeName.Length).DefaultIfEmpty().Max());
        foreach (var row in rows)
        {
            text.Append(before).Append(row.Name.PadRight(name)).Append(' ').Append(row.Record.Ttl.ToString(CultureInfo.InvariantCulture))
                .Append(" IN ").Append(row.Record.TypeName.PadRight(type)).Append(' ').Append(row.Record.Data.ZoneText).Append('\n');
        }
    }
}
