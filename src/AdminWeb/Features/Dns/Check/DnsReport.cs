using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What one look at a domain found.</summary>
/// <param name="Records">One of each record, in the order in which people publish them.</param>
/// <param name="Security">Of the domain's zone.</param>
/// <param name="Spf">What the domain's SPF record costs whoever checks it; null where it has to have none.</param>
/// <param name="Policy">On TLS; null where the domain has none.</param>
public sealed record DnsReport(IReadOnlyList<CheckedRecord> Records, ZoneSecurity Security, SpfCost? Spf, PolicyFinding? Policy)
{
    /// <summary>Whether nothing is missing or wrong that others need or that the domain promises them.</summary>
    public bool IsGood => Records.All(r => r.IsGood || r.Record.Need == RecordNeed.Optional) && Policy is not { IsOpen: true };
}
