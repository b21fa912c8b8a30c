using System.Net;
using AdminPanel.Web.Features.Dns.Spf;

namespace AdminPanel.Tests.Unit.Dns.Spf;

/// <summary>DNS from lines "NAME TYPE VALUE"; a value "FAIL" is no answer. What has no line is not there.</summary>
internal sealed class TestZone(params string[] lines) : IDnsLookup
{
    private readonly List<string[]> records = [.. lines.Select(l => l.Split(' ', 3))];

    /// <summary>Every question so far: "TXT example.org".</summary>
    public List<string> Asked { get; } = [];

    public Task<LookupAnswer<string>> TextsAsync(string name, CancellationToken ct) => Task.FromResult(Answer(name, "TXT", v => v));

    public Task<LookupAnswer<IPAddress>> AddressesAsync(string name, bool isIPv6, CancellationToken ct) => Task.FromResult(Answer(name, isIPv6 ? "AAAA" : "A", IPAddress.Parse));

    public Task<LookupAnswer<string>> ExchangersAsync(string name, CancellationToken ct) => Task.FromResult(Answer(name, "MX", v => v));

    public Task<LookupAnswer<string>> NamesAsync(IPAddress address, CancellationToken ct) => Task.FromResult(Answer(address.ToString(), "PTR", v => v));

    private LookupAnswer<T> Answer<T>(string name, string type, Func<string, T> read)
    {
        Asked.Add($"{type} {name}");
        var values = records.Where(r => r[0] == name && r[1] == type).Select(r => r[2]).ToList();
        return values.Count == 0 ? new(LookupEnd.Nothing, []) : values.Contains("FAIL") ? new(LookupEnd.Failed, []) : new(LookupEnd.Found, [.. values.Select(read)]);
    }
}
