using System.Net;
using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Whether an SPF record lets this server send, however it says that: it is asked as a receiver would.</summary>
internal sealed class SpfJudge(IDnsLookup dns, ServerDns server)
{
    /// <summary>The one that sends.</summary>
    public ServerDns Server => server;

    public async Task<(RecordVerdict Verdict, IReadOnlyList<string> Found)> OfAsync(DnsRecord wanted, DnsAnswer answer, CancellationToken ct)
    {
        if (answer.Status is DnsStatus.Failed or DnsStatus.Bogus) return (RecordVerdict.Failed, answer.Why is { } why ? [why] : []);

        IReadOnlyList<string> found = [.. answer.Texts.Where(SpfRecord.IsSpf)];
        if (found.Count != 1) return (found.Count == 0 ? RecordVerdict.Missing : RecordVerdict.Several, found);
        if (Terms(found[0]).SequenceEqual(Terms(((RecordData.Txt)wanted.Data).Whole))) return (RecordVerdict.Right, found);
        if (wanted.Purpose == RecordPurpose.NoSenders || server.Addresses.Count == 0) return (RecordVerdict.Different, found);

        var verdicts = await Task.WhenAll(server.Addresses.Select(async ip => (Ip: ip, Verdict: await CheckAsync(ip, wanted.Name.TrimEnd('.'), ct))));
        return verdicts.All(v => v.Verdict.Result == SpfResult.Pass)
            ? (RecordVerdict.Enough, found)
            : (RecordVerdict.Different, [.. found, .. verdicts.Where(v => v.Verdict.Result != SpfResult.Pass).Select(v => $"{v.Ip}: {v.Verdict.Result.ToString().ToLowerInvariant()}{(v.Verdict.Reason is { } term ? $" ({term})" : "")}")]);
    }

    private Task<SpfVerdict> CheckAsync(IPAddress ip, string domain, CancellationToken ct) =>
        new SpfCheck(dns, new SpfSender(ip, $"postmaster@{domain}", server.HostName.Value)).RunAsync(domain, ct);

    private static string[] Terms(string text) => text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
