using AdminPanel.Web.Features.Dns.Spf;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>A record as the page shows it.</summary>
/// <param name="Stored">What the name servers had; null where nobody has asked them.</param>
public sealed record ShownRecord(DnsRecord Record, StoredRecord? Stored)
{
    /// <summary>The latest of it; null where something else was wanted then, too.</summary>
    public CheckedRecord? Check => Stored?.LatestOf(Record);

    /// <summary>Of SPF: one record that keeps what is there and lets this server send; null where nothing has to be merged, or cannot be.</summary>
    public string? Merged => Record is { Purpose: RecordPurpose.Spf, Data: RecordData.Txt wanted } && Check is { Verdict: RecordVerdict.Different or RecordVerdict.Several, Sightings: [var first, ..] } && first.Found.All(f => f.Length < CheckRecords.MaxShown)
        ? SpfMerge.Of(wanted.Whole, first.Found) : null;

    public static IReadOnlyList<ShownRecord> Of(DnsPlan plan) => [.. plan.Records.Select(record => new ShownRecord(record, plan.Stored.Records.FirstOrDefault(s => s.IsOf(record))))];
}
