using System.Collections.Concurrent;
using System.Net;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Looks for the records of a plan: at each name server of their zones, past all caches. It changes nothing.</summary>
public sealed class CheckRecords(DnsQuery dns)
{
    private const int MaxShown = 300;

    /// <returns>One of each record, in the plan's order.</returns>
    public async Task<IReadOnlyList<CheckedRecord>> RunAsync(DnsPlan plan, CancellationToken ct)
    {
        if (plan.Server is not { } server) return [];

        var zones = new ConcurrentDictionary<string, Lazy<Task<(Zone? Zone, string? Why)>>>();
        Task<(Zone? Zone, string? Why)> ZoneAsync(string name) => zones.GetOrAdd(name, key => new(() => Zone.OfAsync(dns, key, ct))).Value;
        var spf = new SpfJudge(new ResolverLookup(dns), server);
        return await Task.WhenAll(plan.Records.Select(async record => new CheckedRecord(record, await SightingsAsync(record, plan, server, spf, ZoneAsync, ct))));
    }

    private async Task<IReadOnlyList<RecordSighting>> SightingsAsync(
        DnsRecord record, DnsPlan plan, ServerDns server, SpfJudge spf, Func<string, Task<(Zone? Zone, string? Why)>> zoneOf, CancellationToken ct)
    {
        var name = record.Name.TrimEnd('.');
        // Whoever rents out an address keeps its name, in a zone that is cut anywhere.
        if (record.Type == RecordType.Ptr) return [await JudgeAsync(record, null, await dns.AskAsync(name, DnsType.Ptr, ct), spf, ct)];

        var (zone, why) = await zoneOf(record.Place switch
        {
            RecordPlace.Domain => plan.Domain.Name.Value,
            RecordPlace.Server => server.HostName.Value,
            _ => record.Zone.TrimEnd('.'),
        });
        if (zone is null) return [new RecordSighting(null, RecordVerdict.Failed, why is null ? [] : [why])];

        return await Task.WhenAll(zone.Servers.Select(async at =>
        {
            Task<DnsAnswer> AskAsync(string asked) => dns.AskServerAsync(at.Address, zone.Name, asked, TypeOf(record), ct);
            var sighting = await JudgeAsync(record, $"{at.Name} ({at.Address})", await AskAsync(name), spf, ct);
            if (sighting.Verdict != RecordVerdict.Missing) return sighting;
            if (record.Data is RecordData.Cname alias && await IsFlattenedAsync(at.Address, zone.Name, name, alias.Target.TrimEnd('.'), ct) is { } same) return sighting with { Verdict = RecordVerdict.Enough, Found = same };

            var doubled = $"{name}.{zone.Name}";
            return (await AskAsync(doubled)).Status == DnsStatus.Found ? sighting with { Verdict = RecordVerdict.Doubled, Found = [doubled] } : sighting;
        }));
    }

    private static async Task<RecordSighting> JudgeAsync(DnsRecord record, string? server, DnsAnswer answer, SpfJudge spf, CancellationToken ct)
    {
        var (verdict, found) = record.Purpose is RecordPurpose.Spf or RecordPurpose.HeloSpf or RecordPurpose.NoSenders ? await spf.OfAsync(record, answer, ct) : RecordJudge.Of(record, answer);
        return new RecordSighting(server, verdict, [.. found.Take(10).Select(text => text.Length > MaxShown ? text[..MaxShown] : text)]);
    }

    // Some hosts of DNS put the addresses in the place of a name that leads elsewhere.
    private async Task<IReadOnlyList<string>?> IsFlattenedAsync(IPAddress server, string zone, string name, string target, CancellationToken ct)
    {
        var here = await dns.AskServerAsync(server, zone, name, DnsType.A, ct);
        if (here.Status != DnsStatus.Found) return null;

        var there = (await dns.AskAsync(target, DnsType.A, ct)).Addresses.ToHashSet();
        var addresses = here.Addresses.ToList();
        return addresses.Count > 0 && addresses.All(there.Contains) ? [.. addresses.Select(ip => ip.ToString())] : null;
    }

    private static DnsType TypeOf(DnsRecord record) => Enum.Parse<DnsType>(record.Type.ToString());
}
