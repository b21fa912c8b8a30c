using System.Collections.Concurrent;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What the checks of one domain, or of many in a row, have in common: nobody is asked twice.</summary>
public sealed class CheckRound(DnsInquiry dns, PolicyHosts hosts, ServerKeys keys, CancellationToken ct) : IDisposable
{
    private readonly ConcurrentDictionary<DomainName, Lazy<Task<ServerKey?>>> seen = new();

    public DnsInquiry Dns { get; } = dns;

    public PolicyCheck Policies { get; } = new(dns, hosts);

    /// <summary>Of the mail server: see <see cref="ServerKeys"/>.</summary>
    public Task<ServerKey?> KeyAsync(DomainName host) => seen.GetOrAdd(host, name => new(() => keys.FindAsync(name, ct))).Value;

    public void Dispose() => Dns.Dispose();
}

/// <summary>Begins rounds of checks.</summary>
public sealed class CheckRounds(DnsQuery query, PolicyHosts hosts, ServerKeys keys)
{
    /// <param name="ct">Ends every question of it.</param>
    public CheckRound Begin(CancellationToken ct) => new(query.Begin(ct), hosts, keys, ct);
}
