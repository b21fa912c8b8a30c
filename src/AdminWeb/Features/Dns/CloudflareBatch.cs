using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>
/// The body of POST /zones/ID/dns_records/batch: https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/batch.
/// It adds and replaces nothing. Names are without the final dot; no record is proxied, since the proxy carries no mail
/// and answers with certificates of its own.
/// </summary>
public static class CloudflareBatch
{
    public static string Text(DomainName zone, IReadOnlyList<DnsRecord> records)
    {
        var origin = WantedRecords.Absolute(zone);
        return ExportJson.Text(new { posts = records.Where(r => r.Zone == origin).Select(Post) });
    }

    private static Dictionary<string, object> Post(DnsRecord record)
    {
        var post = new Dictionary<string, object> { ["type"] = record.TypeName, ["name"] = Bare(record.Name), ["ttl"] = record.Ttl };
        switch (record.Data)
        {
            case RecordData.Mx mx:
                post["content"] = Bare(mx.Host);
                post["priority"] = mx.Preference;
                break;
            case RecordData.Srv srv:
                post["data"] = new { priority = srv.Priority, weight = srv.Weight, port = srv.Port, target = Bare(srv.Target) };
                break;
            case RecordData.Caa caa:
                post["data"] = new { flags = caa.Flags, tag = caa.Tag, value = caa.Value };
                break;
            case RecordData.Tlsa tlsa:
                post["data"] = new { usage = 3, selector = 1, matching_type = 1, certificate = tlsa.Digest };
                break;
            case RecordData.Cname cname:
                post["content"] = Bare(cname.Target);
                post["proxied"] = false;
                break;
            case RecordData.Address address:
                post["content"] = address.Text;
                post["proxied"] = false;
                break;
            default:
                // A TXT goes in quotes, in strings of at most 255 octets.
                post["content"] = record.Data.ZoneText;
                break;
        }
        return post;
    }

    // "." is a target of its own.
    private static string Bare(string name) => name.Length > 1 ? name[..^1] : name;
}
