using System.Net;
using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What SPF asks, asked of the resolver.</summary>
public sealed class ResolverLookup(DnsInquiry dns) : IDnsLookup
{
    public async Task<LookupAnswer<string>> TextsAsync(string name, CancellationToken ct) => Of(await dns.AskAsync(name, DnsType.Txt), answer => answer.Texts);

    public async Task<LookupAnswer<IPAddress>> AddressesAsync(string name, bool isIPv6, CancellationToken ct) =>
        Of(await dns.AskAsync(name, isIPv6 ? DnsType.Aaaa : DnsType.A), answer => answer.Addresses);

    public async Task<LookupAnswer<string>> ExchangersAsync(string name, CancellationToken ct) =>
        Of(await dns.AskAsync(name, DnsType.Mx), answer => answer.Exchangers.Where(mx => mx.Host.Length > 0).OrderBy(mx => mx.Preference).Select(mx => mx.Host));

    public async Task<LookupAnswer<string>> NamesAsync(IPAddress address, CancellationToken ct) =>
        Of(await dns.AskAsync(ServerRecords.ReverseName(address).TrimEnd('.'), DnsType.Ptr), answer => answer.Names);

    private static LookupAnswer<T> Of<T>(DnsAnswer answer, Func<DnsAnswer, IEnumerable<T>> read) => answer.Status switch
    {
        DnsStatus.Found => new(LookupEnd.Found, [.. read(answer)]),
        DnsStatus.Failed or DnsStatus.Bogus => new(LookupEnd.Failed, []),
        _ => new(LookupEnd.Nothing, []),
    };
}
