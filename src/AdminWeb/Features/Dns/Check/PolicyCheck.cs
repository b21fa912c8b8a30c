using System.Collections.Concurrent;
using System.Net;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Platform.Dns;
using AdminPanel.Web.Platform.Https;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Fetches policies on TLS as senders do (RFC 8461 section 3.3) and compares them with what the panel serves.</summary>
public sealed class PolicyCheck(DnsInquiry dns, PolicyHosts hosts)
{
    private const int MaxShown = 600;

    // All domains lead to the same few web servers: one that is away costs its limit once.
    private readonly ConcurrentDictionary<IPAddress, bool> away = new();

    /// <param name="wanted">The text that the panel serves.</param>
    public async Task<PolicyFinding> OfAsync(DomainName domain, string wanted, CancellationToken ct)
    {
        var host = $"mta-sts.{domain.Value}";
        PolicyFinding Finding(PolicyVerdict verdict, string? detail, string? found = null) => new(host, verdict, wanted, found is { Length: > MaxShown } ? found[..MaxShown] : found, detail);

        var answers = await Task.WhenAll(dns.AskAsync(host, DnsType.A), dns.AskAsync(host, DnsType.Aaaa));
        var addresses = answers.SelectMany(a => a.Addresses).ToList();
        if (addresses.Count == 0) return Finding(PolicyVerdict.NoAddress, answers.Select(a => a.Why).FirstOrDefault(why => why is not null));

        var reachable = addresses.Where(hosts.Networks.Include).ToList();
        if (reachable.Count == 0) return Finding(PolicyVerdict.Private, addresses[0].ToString());

        var fetched = await FetchAsync(host, reachable, ct);
        if (fetched.Text is not { } text) return Finding(Enum.Parse<PolicyVerdict>((fetched.End == FetchEnd.Silent ? FetchEnd.Unreachable : fetched.End).ToString()), fetched.Detail);
        if (!PolicyText.TryParse(text, out var found, out var fault)) return Finding(PolicyVerdict.Unreadable, fault, text);
        if (!PolicyText.TryParse(wanted, out var own, out _) || !found.IsSame(own)) return Finding(PolicyVerdict.Different, null, text);

        var announced = (await dns.AskAsync($"_mta-sts.{domain.Value}", DnsType.Txt)).Texts.Select(TagList.Read).Where(tags => tags.Version == "STSv1").ToList();
        // None, and several, are the record's own matter.
        return announced is [var only] && only.Written("id") != MtaStsPolicy.Id(wanted) ? Finding(PolicyVerdict.OtherId, only.Written("id"), text) : Finding(PolicyVerdict.Right, null, text);
    }

    private async Task<FetchedText> FetchAsync(string host, IReadOnlyList<IPAddress> addresses, CancellationToken ct)
    {
        IReadOnlyList<IPAddress> there = [.. addresses.Where(ip => !away.ContainsKey(ip))];
        if (there.Count == 0) return new(FetchEnd.Silent, null, null);

        var fetched = await hosts.Fetch.RunAsync(new Uri(PolicyFinding.AddressOf(host)), there, ct);
        if (fetched.End == FetchEnd.Silent) foreach (var ip in there) away[ip] = true;
        return fetched;
    }
}
