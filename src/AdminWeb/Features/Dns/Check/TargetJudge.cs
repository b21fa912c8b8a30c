using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What is right by itself may still lead to something that is not: asked of the resolver.</summary>
internal static class TargetJudge
{
    private const int Most = 10;

    /// <returns>Null where nothing is wrong.</returns>
    public static async Task<(RecordVerdict Verdict, IReadOnlyList<string> Found)?> OfAsync(DnsRecord record, DnsAnswer answer, DnsInquiry dns) => record.Data switch
    {
        RecordData.Mx => await AliasesAsync(answer.Exchangers.Select(mx => mx.Host), dns),
        RecordData.Srv => await AliasesAsync(answer.Services.Select(s => s.Target), dns),
        RecordData.Txt when record.Purpose is RecordPurpose.Dmarc or RecordPurpose.RejectAll => await ReportsAsync(record, answer, dns),
        _ => null,
    };

    // RFC 5321 section 5.1 and RFC 2782: the name must not be one of a CNAME.
    private static async Task<(RecordVerdict, IReadOnlyList<string>)?> AliasesAsync(IEnumerable<string> hosts, DnsInquiry dns)
    {
        var aliases = await Task.WhenAll(hosts.Where(host => host.Length > 0).Distinct().Take(Most).Select(async host => (Host: host, Target: (await dns.AskAsync(host, DnsType.Cname)).Names.FirstOrDefault())));
        IReadOnlyList<string> found = [.. aliases.Where(a => a.Target is not null).Select(a => $"{a.Host}. CNAME {a.Target}.")];
        return found.Count == 0 ? null : (RecordVerdict.Alias, found);
    }

    // RFC 9990 (RFC 7489 section 7.1): reports go to another domain only where that says that it wants them.
    private static async Task<(RecordVerdict, IReadOnlyList<string>)?> ReportsAsync(DnsRecord record, DnsAnswer answer, DnsInquiry dns)
    {
        var domain = record.Name.TrimEnd('.')["_dmarc.".Length..];
        var receivers = answer.Texts.Select(TagList.Read).Where(tags => tags.Version is "DMARC1").SelectMany(tags => Domains(tags.Value("rua")).Concat(Domains(tags.Value("ruf")))).Distinct()
            .Where(receiver => !IsWithin(receiver, domain) && !IsWithin(domain, receiver)).Take(Most);
        var answers = await Task.WhenAll(receivers.Select(async receiver =>
        {
            var name = $"{domain}._report._dmarc.{receiver}";
            var permission = await dns.AskAsync(name, DnsType.Txt);
            return permission.Status is DnsStatus.Failed or DnsStatus.Bogus || permission.Texts.Any(text => TagList.Read(text).Version is "DMARC1") ? null : $"{name}. TXT \"v=DMARC1\"";
        }));
        IReadOnlyList<string> missing = [.. answers.OfType<string>()];
        return missing.Count == 0 ? null : (RecordVerdict.Unwelcome, missing);
    }

    /// <summary>Of "mailto:a@b.example!10m,mailto:c@d.example" (RFC 9989).</summary>
    private static IEnumerable<string> Domains(string? uris) => (uris ?? "").Split(',', StringSplitOptions.TrimEntries).Where(uri => uri.StartsWith("mailto:", StringComparison.Ordinal) && uri.Contains('@', StringComparison.Ordinal))
        .Select(uri => uri[(uri.LastIndexOf('@') + 1)..].Split('!', '?')[0]).Where(name => name.Length is > 0 and < 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'));

    private static bool IsWithin(string name, string parent) => name == parent || name.EndsWith("." + parent, StringComparison.Ordinal);
}
