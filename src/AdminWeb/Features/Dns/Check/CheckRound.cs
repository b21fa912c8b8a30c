using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What the checks of one domain, or of many in a row, have in common: nobody is asked twice.</summary>
public sealed class CheckRound(DnsInquiry dns, PolicyHosts hosts) : IDisposable
{
    public DnsInquiry Dns { get; } = dns;

    public PolicyCheck Policies { get; } = new(dns, hosts);

    public void Dispose() => Dns.Dispose();
}

/// <summary>Begins rounds of checks.</summary>
public sealed class CheckRounds(DnsQuery query, PolicyHosts hosts)
{
    /// <param name="ct">Ends every question of it.</param>
    public CheckRound Begin(CancellationToken ct) => new(query.Begin(ct), hosts);
}
