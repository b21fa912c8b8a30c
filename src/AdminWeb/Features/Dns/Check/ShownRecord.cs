namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>A record as the page shows it.</summary>
/// <param name="Stored">What the name servers had; null where nobody has asked them.</param>
public sealed record ShownRecord(DnsRecord Record, StoredRecord? Stored)
{
    /// <summary>The latest of it; null where something else was wanted then, too.</summary>
    public CheckedRecord? Check => Stored?.LatestOf(Record);

    public static IReadOnlyList<ShownRecord> Of(DnsPlan plan) => [.. plan.Records.Select(record => new ShownRecord(record, plan.Stored.Records.FirstOrDefault(s => s.IsOf(record))))];
}
