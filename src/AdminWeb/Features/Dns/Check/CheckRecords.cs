using System.Net;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Looks for the records of a plan: at each name server of their zones, past all caches. It changes nothing.</summary>
public static class CheckRecords
{
    /// <summary>Of one record, in characters: a longer one is cut.</summary>
    public const int MaxShown = 600;

    /// <returns>One of each record, in the plan's order.</returns>
    public static async Task<IReadOnlyList<CheckedRecord>> RunAsync(DnsPlan plan, DnsInquiry dns, CancellationToken ct)
    {
        if (plan.Server is not { } server) return [];

        var spf = new SpfJudge(new ResolverLookup(dns), server);
        return await Task.WhenAll(plan.Records.Select(async record => new CheckedRecord(record, await SightingsAsync(dns, record, plan, server, spf, ct))));
    }

    /// <summary>One record of a domain's own zone, apart from SPF, which depends on the mail server.</summary>
    /// <returns>One of each name server, at least one.</returns>
    public static async Task<IReadOnlyList<RecordSighting>> OfDomainAsync(DnsRecord record, DomainName domain, DnsInquiry dns, CancellationToken ct) =>
        await AtServersAsync(dns, record, await Zone.OfAsync(dns, domain.Value), spf: null, ct);

    private static async Task<IReadOnlyList<RecordSighting>> SightingsAsync(DnsInquiry dns, DnsRecord record, DnsPlan plan, ServerDns server, SpfJudge spf, CancellationToken ct)
    {
        // Whoever rents out an address keeps its name, in a zone that is cut anywhere.
        if (record.Type == RecordType.Ptr) return [await JudgeAsync(record, null, await dns.AskAsync(record.Name.TrimEnd('.'), DnsType.Ptr), spf, dns, ct)];

        var zone = await Zone.OfAsync(dns, record.Place switch
        {
            RecordPlace.Domain => plan.Domain.Name.Value,
            RecordPlace.Server => server.HostName.Value,
            _ => record.Zone.TrimEnd('.'),
        });
        return await AtServersAsync(dns, record, zone, spf, ct);
    }

    private static async Task<IReadOnlyList<RecordSighting>> AtServersAsync(DnsInquiry dns, DnsRecord record, (Zone? Zone, string? Why) asked, SpfJudge? spf, CancellationToken ct)
    {
        if (asked.Zone is not { } zone) return [new RecordSighting(null, RecordVerdict.Failed, asked.Why is { } why ? [why] : [])];

        var name = record.Name.TrimEnd('.');
        return await Task.WhenAll(zone.Servers.Select(async at =>
        {
            Task<DnsAnswer> AskAsync(string question) => dns.AskServerAsync(at.Address, zone.Name, question, TypeOf(record));
            var sighting = await JudgeAsync(record, $"{at.Name} ({at.Address})", await AskAsync(name), spf, dns, ct);
            if (sighting.Verdict != RecordVerdict.Missing) return sighting;
            if (record.Data is RecordData.Cname alias && await FlattenedAsync(dns, at.Address, zone.Name, name, alias.Target.TrimEnd('.')) is var (verdict, addresses)) return sighting with { Verdict = verdict, Found = addresses };

            var doubled = $"{name}.{zone.Name}";
            return (await AskAsync(doubled)).Status == DnsStatus.Found ? sighting with { Verdict = RecordVerdict.Doubled, Found = [doubled] } : sighting;
        }));
    }

    private static async Task<RecordSighting> JudgeAsync(DnsRecord record, string? server, DnsAnswer answer, SpfJudge? spf, DnsInquiry dns, CancellationToken ct)
    {
        var (verdict, found) = spf is not null && record.Purpose is (RecordPurpose.Spf or RecordPurpose.HeloSpf or RecordPurpose.NoSenders) ? await spf.OfAsync(record, answer, ct) : RecordJudge.Of(record, answer);
        if (verdict is RecordVerdict.Right or RecordVerdict.Enough && await TargetJudge.OfAsync(record, answer, dns) is { } worse) (verdict, found) = worse;
        if (spf is not null && await DetourJudge.OfAsync(record, verdict, answer, spf.Server, dns) is { } elsewhere) (verdict, found) = (RecordVerdict.Elsewhere, elsewhere);
        return new RecordSighting(server, verdict, [.. found.Take(10).Select(text => text.Length > MaxShown ? text[..MaxShown] : text)]);
    }

    // Some hosts of DNS put the addresses in the place of a name that leads elsewhere: those that are meant, or those of their own proxy.
    private static async Task<(RecordVerdict Verdict, IReadOnlyList<string> Found)?> FlattenedAsync(DnsInquiry dns, IPAddress server, string zone, string name, string target)
    {
        var here = await dns.AskServerAsync(server, zone, name, DnsType.A);
        if (here.Status != DnsStatus.Found) return null;

        var there = (await dns.AskAsync(target, DnsType.A)).Addresses.ToHashSet();
        var addresses = here.Addresses.ToList();
        return addresses.Count == 0 ? null : (addresses.All(there.Contains) ? RecordVerdict.Enough : RecordVerdict.Proxied, [.. addresses.Select(ip => ip.ToString())]);
    }

    private static DnsType TypeOf(DnsRecord record) => Enum.Parse<DnsType>(record.Type.ToString());
}
