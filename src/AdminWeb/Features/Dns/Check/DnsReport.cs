using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What one look at a domain found.</summary>
public sealed record DnsReport
{
    /// <summary>One of each record, in the order in which people publish them.</summary>
    public required IReadOnlyList<CheckedRecord> Records { get; init; }

    /// <summary>Of the domain's zone.</summary>
    public ZoneSecurity Security { get; init; }

    /// <summary>What the domain's SPF record costs whoever checks it; null where it has to have none.</summary>
    public SpfCost? Spf { get; init; }

    /// <summary>On TLS; null where the domain has none.</summary>
    public PolicyFinding? Policy { get; init; }

    /// <summary>What a TLSA record of the mail server has to name: <see cref="ServerKey.Digest"/>; null where its zone is not signed, or nobody knows the key.</summary>
    public string? KeyDigest { get; init; }

    /// <summary>Whether nothing is missing or wrong that others need or that the domain promises them.</summary>
    public bool IsGood => Records.All(r => !r.IsOpen) && Policy is not { IsOpen: true };
}
