namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What is kept of one check after another: a finding lasts for as long as it is the same, and there are few of them.</summary>
public static class DnsHistory
{
    /// <summary>Of one record.</summary>
    public const int MaxFindings = 10;

    /// <summary>What is over for so long is forgotten.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    // A name server that is away for an hour has not lost its records; one that nobody can ask for a day may as well have.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <param name="before">What was kept until now.</param>
    /// <param name="found">Records that are no longer wanted are not among them, and are forgotten.</param>
    /// <returns>What to keep, in the order of what was found.</returns>
    public static IReadOnlyList<StoredRecord> Add(IReadOnlyList<StoredRecord> before, IReadOnlyList<CheckedRecord> found, DateTime now) => [.. found.Select(check =>
    {
        var record = check.Record;
        var findings = before.FirstOrDefault(b => b.IsOf(record))?.Findings ?? [];
        var sightings = check.Sightings.Select(s => s with { Found = [.. s.Found.Order(StringComparer.Ordinal)] }).OrderBy(s => s.Server, StringComparer.Ordinal).ToList();
        return new StoredRecord(record.Purpose, record.Subject, record.Need, record.Place, record.Type, record.Name, Add(findings, new StoredFinding(check.Verdict, record.Data.Text, now, now, sightings)));
    })];

    /// <summary>How many of the domain's own records are wrong that mail needs; of those that nobody could ask for, only what was so for long.</summary>
    public static int WrongCount(IReadOnlyList<StoredRecord> records) => records.Count(r => r is { Need: RecordNeed.Required, Place: RecordPlace.Domain } && r.Findings[0] switch
    {
        { Verdict: RecordVerdict.Right or RecordVerdict.Enough } => false,
        { Verdict: RecordVerdict.Failed } silent => silent.Until - silent.Since >= Patience,
        _ => true,
    });

    private static IReadOnlyList<StoredFinding> Add(IReadOnlyList<StoredFinding> before, StoredFinding now)
    {
        // An outage between two equal findings has changed nothing.
        if (before is [{ Verdict: RecordVerdict.Failed }, var earlier, ..] && IsSame(earlier, now)) before = [.. before.Skip(1)];
        if (before is [var last, ..] && IsSame(last, now)) return [last with { Until = now.Until }, .. before.Skip(1)];

        return [now, .. before.Where(f => f.Until > now.Since - Kept).Take(MaxFindings - 1)];
    }

    private static bool IsSame(StoredFinding one, StoredFinding other) => one.Verdict == other.Verdict && one.Wanted == other.Wanted
        && (one.Verdict == RecordVerdict.Failed || one.Sightings.Select(Text).SequenceEqual(other.Sightings.Select(Text)));

    private static (string?, RecordVerdict, string) Text(RecordSighting sighting) => (sighting.Server, sighting.Verdict, string.Join('\n', sighting.Found));
}
