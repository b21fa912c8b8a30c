using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns;

/// <summary>What is kept of one look after another.</summary>
public sealed class DnsHistoryTests
{
    private static readonly DateTime Start = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly DnsRecord Mx = WantedRecords.Of(DnsExamples.Domain, DnsExamples.Server).First(r => r.Purpose == RecordPurpose.Mx);

    private static readonly DnsRecord Tls = WantedRecords.Of(DnsExamples.Domain, DnsExamples.Server).First(r => r.Purpose == RecordPurpose.TlsReports);

    private static readonly DnsRecord Address = WantedRecords.Of(DnsExamples.Domain, DnsExamples.Server).First(r => r.Purpose == RecordPurpose.HostAddress);

    private IReadOnlyList<StoredRecord> kept = [];

    [Fact]
    public void What_stays_the_same_lasts_and_what_changes_stands_before_it()
    {
        Look(0, RecordVerdict.Missing);
        Look(1, RecordVerdict.Missing);
        Look(2, RecordVerdict.Different, "10 old.example.");
        Look(3, RecordVerdict.Different, "20 new.example.", "10 old.example.");
        // The order of an answer changes with every question.
        Look(4, RecordVerdict.Different, "10 old.example.", "20 new.example.");
        Look(5, RecordVerdict.Right, "10 mx1.host.net.");

        Assert.Equal(
            [(RecordVerdict.Right, 5, 5, "10 mx1.host.net."), (RecordVerdict.Different, 3, 4, "10 old.example. 20 new.example."), (RecordVerdict.Different, 2, 2, "10 old.example."), (RecordVerdict.Missing, 0, 1, "")],
            kept.Single().Findings.Select(f => (f.Verdict, (f.Since - Start).Days, (f.Until - Start).Days, string.Join(' ', f.Sightings.Single().Found))));
    }

    [Fact]
    public void An_outage_that_changed_nothing_is_forgotten_and_one_that_did_is_not()
    {
        Look(0, RecordVerdict.Right);
        Look(1, RecordVerdict.Failed, "no answer in time");
        Look(2, RecordVerdict.Failed, "the server fails (SERVFAIL)");
        Assert.Equal([RecordVerdict.Failed, RecordVerdict.Right], Verdicts());
        Look(3, RecordVerdict.Right);
        Assert.Equal([RecordVerdict.Right], Verdicts());
        Assert.Equal((Start, Start.AddDays(3)), (kept.Single().Findings[0].Since, kept.Single().Findings[0].Until));

        Look(4, RecordVerdict.Failed);
        Look(5, RecordVerdict.Missing);
        Assert.Equal([RecordVerdict.Missing, RecordVerdict.Failed, RecordVerdict.Right], Verdicts());
    }

    [Fact]
    public void There_are_few_findings_and_none_that_was_over_a_year_ago()
    {
        for (var day = 0; day < 50; day++) Look(day, RecordVerdict.Different, $"{day} old.example.");
        Assert.Equal(DnsHistory.MaxFindings, kept.Single().Findings.Count);
        Assert.Equal(Start.AddDays(40), kept.Single().Findings[^1].Since);

        Look(410, RecordVerdict.Right);
        Assert.Equal([410, 49, 48, 47, 46], kept.Single().Findings.Select(f => (f.Since - Start).Days));
    }

    [Fact]
    public void A_record_that_is_not_wanted_any_more_is_forgotten_and_another_value_begins_anew()
    {
        Look(0, RecordVerdict.Right);
        kept = DnsHistory.Add(kept, [Check(Tls, RecordVerdict.Missing)], Start.AddDays(1));
        Assert.Equal([RecordPurpose.TlsReports], kept.Select(r => r.Purpose));

        var other = Tls with { Data = new RecordData.Txt("v=TLSRPTv1; rua=mailto:x@y.example") };
        Assert.Null(kept.Single().LatestOf(other));
        kept = DnsHistory.Add(kept, [Check(other, RecordVerdict.Missing)], Start.AddDays(2));
        Assert.Equal(2, kept.Single().Findings.Count);
        Assert.Equal(RecordVerdict.Missing, kept.Single().LatestOf(other)!.Verdict);
    }

    /// <summary>What is only recommended, or the mail server's own, is no fault of the domain; neither is a resolver that was away for an hour.</summary>
    [Fact]
    public void Wrong_is_what_mail_needs_and_what_nobody_answers_for_a_day()
    {
        int Wrong(IReadOnlyList<CheckedRecord> found, double days = 0) => DnsHistory.WrongCount(kept = DnsHistory.Add(kept, found, Start.AddDays(days)));

        Assert.Equal(0, Wrong([Check(Mx, RecordVerdict.Enough), Check(Tls, RecordVerdict.Missing), Check(Address, RecordVerdict.Missing)]));
        Assert.Equal(1, Wrong([Check(Mx, RecordVerdict.Doubled)], 1));
        Assert.Equal(0, Wrong([Check(Mx, RecordVerdict.Failed)], 2));
        Assert.Equal(0, Wrong([Check(Mx, RecordVerdict.Failed)], 2.9));
        Assert.Equal(1, Wrong([Check(Mx, RecordVerdict.Failed)], 3));
    }

    [Fact]
    public void What_is_kept_is_read_as_it_was_written()
    {
        Look(0, RecordVerdict.Missing);
        Look(1, RecordVerdict.Several, "a \"quoted\" text", "<b>");

        var read = StoredCheck.Read(new StoredCheck { Records = kept }.Write()).Records.Single();
        Assert.Equal(kept.Single().Findings.Select(f => (f.Verdict, f.Wanted, f.Since, f.Until)), read.Findings.Select(f => (f.Verdict, f.Wanted, f.Since, f.Until)));
        Assert.Equal(["<b>", "a \"quoted\" text"], read.Findings[0].Sightings.Single().Found);
        Assert.True(read.IsOf(Mx));
        Assert.Empty(StoredCheck.Read(null).Records);
    }

    private void Look(int day, RecordVerdict verdict, params string[] found) => kept = DnsHistory.Add(kept, [Check(Mx, verdict, found)], Start.AddDays(day));

    private IEnumerable<RecordVerdict> Verdicts() => kept.Single().Findings.Select(f => f.Verdict);

    private static CheckedRecord Check(DnsRecord record, RecordVerdict verdict, params string[] found) => new(record, [new RecordSighting("ns1.example (192.0.2.1)", verdict, found)]);
}
