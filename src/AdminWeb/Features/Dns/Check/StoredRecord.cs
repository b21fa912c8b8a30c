namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What was found of a record for some time.</summary>
/// <param name="Wanted">What the record had to say then.</param>
/// <param name="Since">When it was first seen so.</param>
/// <param name="Until">When it was last seen so.</param>
public sealed record StoredFinding(RecordVerdict Verdict, string Wanted, DateTime Since, DateTime Until, IReadOnlyList<RecordSighting> Sightings);

/// <summary>A record that was looked for, with what was found of it.</summary>
/// <param name="Findings">The latest first; at least one.</param>
public sealed record StoredRecord(RecordPurpose Purpose, string? Subject, RecordNeed Need, RecordPlace Place, RecordType Type, string Name, IReadOnlyList<StoredFinding> Findings)
{
    public bool IsOf(DnsRecord record) => (Purpose, Subject, Type, Name) == (record.Purpose, record.Subject, record.Type, record.Name);

    /// <summary>The latest finding beside what is wanted now; null where something else was wanted when it was looked for.</summary>
    public CheckedRecord? LatestOf(DnsRecord record) => Findings[0].Wanted == record.Data.Text ? new CheckedRecord(record, Findings[0].Sightings) : null;
}
