using AdminPanel.Web.Features.Dns.Check;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The records of a domain as pages show them, to its admins and to whoever has a link.</summary>
/// <param name="MayChooseSettings">Whether the reader may choose the mail server's settings, where one is missing.</param>
public sealed record ShownDns(DnsPlan Plan, bool MayChooseSettings)
{
    public IReadOnlyList<ShownRecord> Records { get; } = ShownRecord.Of(Plan);

    /// <summary>For whoever may have DNS asked; null for others, and where nothing is sent.</summary>
    public SpfTrial? Trial { get; init; }

    /// <summary>What was fetched of the policy on TLS; null where nobody has looked, or another one was served then.</summary>
    public PolicyFinding? Policy => Plan.Stored.Policy is { } stored && stored.Wanted == Plan.Policy ? stored : null;

    /// <summary>How many are open that are required or recommended; null where nobody has looked.</summary>
    public int? OpenCount => Plan.CheckedAt is null ? null : Records.Count(r => r.Check is { IsOpen: true });
}
