using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>
/// A change batch for Route 53: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeBatch.html. CREATE and
/// not UPSERT, which would put these values in the place of all that are there under the name, such as a website's own
/// TXT; a batch is taken whole or not at all.
/// </summary>
public static class Route53Batch
{
    public static string Text(DomainName zone, IReadOnlyList<DnsRecord> records)
    {
        var origin = WantedRecords.Absolute(zone);
        // All records of a name and a type are one set there.
        var sets = records.Where(r => r.Zone == origin).GroupBy(r => (r.Name, r.TypeName, r.Ttl));
        return ExportJson.Text(new
        {
            Comment = $"Mail for {zone.Value}",
            Changes = sets.Select(set => new
            {
                Action = "CREATE",
                ResourceRecordSet = new
                {
                    set.Key.Name,
                    Type = set.Key.TypeName,
                    TTL = set.Key.Ttl,
                    ResourceRecords = set.Select(r => new { Value = r.Data.ZoneText }),
                },
            }),
        });
    }
}
