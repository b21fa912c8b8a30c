using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dkim;

public enum DkimVerdict
{
    Right,
    Missing,

    /// <summary>There is a record, but of another key, a revoked one, or none that can be read.</summary>
    Different,

    /// <summary>More than one record: verifiers may take either (RFC 6376 section 3.6.2.2).</summary>
    Several,
    Failed,
}

/// <summary>What one name server says.</summary>
/// <param name="Server">Name and address; null where no server could be found.</param>
/// <param name="Found">The record it has, or why it does not answer; null where there is none.</param>
public sealed record DkimSighting(string? Server, DkimVerdict Verdict, string? Found)
{
    private static readonly JsonSerializerOptions Layout = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Write(IReadOnlyList<DkimSighting> sightings) => JsonSerializer.Serialize(sightings, Layout);

    /// <param name="stored">Null: nobody has looked.</param>
    public static IReadOnlyList<DkimSighting> Read(string? stored) => stored is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<DkimSighting>>(stored, Layout) ?? [];
}

/// <summary>Looks for a key's record at each name server of its domain, past all caches.</summary>
public sealed class FindDkimRecord(DnsQuery dns)
{
    /// <summary>Of a text that somebody else has written, so much is shown.</summary>
    private const int MaxShown = 500;

    /// <returns>One of each server, at least one.</returns>
    public async Task<IReadOnlyList<DkimSighting>> RunAsync(string domain, DkimKey key, CancellationToken ct)
    {
        var (zone, why) = await Zone.OfAsync(dns, domain, ct);
        if (zone is null) return [new DkimSighting(null, DkimVerdict.Failed, why)];

        return await Task.WhenAll(zone.Servers.Select(async server =>
        {
            var answer = await dns.AskServerAsync(server.Address, zone.Name, DkimRecord.NameOf(key.Selector, domain), DnsType.Txt, ct);
            var (verdict, found) = Judge(answer, key);
            return new DkimSighting($"{server.Name} ({server.Address})", verdict, found is { Length: > MaxShown } ? found[..MaxShown] : found);
        }));
    }

    private static (DkimVerdict Verdict, string? Found) Judge(DnsAnswer answer, DkimKey key)
    {
        if (answer.Status is DnsStatus.Failed or DnsStatus.Bogus) return (DkimVerdict.Failed, answer.Why);

        var texts = answer.Texts.ToList();
        return texts switch
        {
            [] => (DkimVerdict.Missing, null),
            [var only] => (DkimRecord.Parse(only)?.Fits(key) == true ? DkimVerdict.Right : DkimVerdict.Different, only),
            _ => (DkimVerdict.Several, string.Join('\n', texts)),
        };
    }
}
