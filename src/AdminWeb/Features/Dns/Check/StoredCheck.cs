using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What is kept of the looks at a domain's records.</summary>
public sealed record StoredCheck
{
    /// <summary>Of the zone at the last look.</summary>
    public ZoneSecurity Security { get; init; }

    /// <summary>What the domain's SPF record cost whoever checked it at the last look; null where it has to have none.</summary>
    public SpfCost? Spf { get; init; }

    /// <summary>Of the domain's policy on TLS at the last look; null where it has none.</summary>
    public PolicyFinding? Policy { get; init; }

    /// <summary>Which key a TLSA record of the mail server had to name at the last look: <see cref="DnsReport.KeyDigest"/>.</summary>
    public string? KeyDigest { get; init; }

    /// <summary>In the order in which people publish them.</summary>
    public IReadOnlyList<StoredRecord> Records { get; init; } = [];

    /// <summary>What to keep after another look.</summary>
    public StoredCheck After(DnsReport found, DateTime now) => new()
    {
        Security = found.Security,
        Spf = found.Spf,
        Policy = found.Policy?.After(Policy, now),
        KeyDigest = found.KeyDigest,
        Records = DnsHistory.Add(Records, found.Records, now),
    };

    /// <param name="content">Null: nobody has looked.</param>
    public static StoredCheck Read(string? content) => StoredJson.Read<StoredCheck>(content) ?? new();

    public string Write() => StoredJson.Write(this);
}
