using System.CommandLine;
using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Mapping;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns;

/// <summary>`dns show|check|history|policies`; the others are <see cref="ShareCommands"/>.</summary>
internal static class DnsCommands
{
    private static readonly Argument<string> Domain = new("DOMAIN") { Description = "A hosted domain, an alias domain or a relay domain." };

    private static readonly Option<string> Format = new("--format") { Description = "What to print, unless it is JSON.", DefaultValueFactory = _ => "text" };

    private static readonly Option<string?> Zone = new("--zone") { Description = "The zone that holds the domain, where that is one above it.", HelpName = "ZONE" };

    private static readonly Option<string?> Dmarc = new("--dmarc") { Description = "What others do with mail that fails DMARC, one step after the other." };

    private static readonly Option<string?> MtaSts = new("--mta-sts") { Description = "The policy on TLS that the panel serves; none withdraws one, off serves nothing." };

    /// <summary>A record for scripts.</summary>
    /// <param name="Name">Relative to the zone; "@" is the zone's own.</param>
    private sealed record Line(RecordPurpose Purpose, string? Subject, RecordNeed Need, RecordPlace Place, string Zone, string Name, string FullName, string Type, int Ttl, string Value, string ZoneFileValue, string? KeyState);

    /// <param name="Record">What is wanted.</param>
    private sealed record Result(Line Record, RecordVerdict Verdict, bool IsGood, IReadOnlyList<RecordSighting> Sightings);

    /// <param name="Says">What to do about it: a sentence.</param>
    private sealed record Policy(string Url, PolicyVerdict Verdict, bool IsGood, string Says, string? Found, string Wanted);

    /// <summary>What a check found.</summary>
    /// <param name="Dnssec">Of the domain's zone.</param>
    /// <param name="Policy">On TLS; null where the domain has none.</param>
    private sealed record Checked(DomainName Domain, ZoneSecurity Dnssec, Policy? Policy, IReadOnlyList<Result> Records);

    /// <param name="Wanted">What the record had to say then.</param>
    private sealed record Past(RecordPurpose Purpose, string Type, string FullName, RecordVerdict Verdict, DateTime Since, DateTime Until, string Wanted, IReadOnlyList<RecordSighting> Sightings);

    public static Command Create(string[] settings)
    {
        Format.AcceptOnlyFromAmong([.. DnsExport.All.Select(e => e.Format)]);
        var show = new Command("show", "Print the DNS records that a domain and its mail server need.") { Domain, Format, Zone };
        show.Runs(settings, (session, parsed, ct) => ShowAsync(session, parsed.GetValue(Domain)!, parsed.GetValue(Zone), DnsExport.Find(parsed.GetValue(Format))!, ct));
        var check = new Command("check", "Ask the name servers for those records, each of them by itself. Exit status 1 when one is missing or wrong that is required or recommended, or when others cannot fetch the policy on TLS as it should be.") { Domain, Zone };
        check.Runs(settings, (session, parsed, ct) => CheckAsync(session, parsed.GetValue(Domain)!, parsed.GetValue(Zone), ct));
        var history = new Command("history", "Print what the name servers had of those records: now, and before, with the days on which it was first and last seen.") { Domain };
        history.Runs(settings, (session, parsed, ct) => OnPlanAsync(session, parsed.GetValue(Domain)!, zone: null, plan => Task.FromResult(History(session, plan)), ct));
        Dmarc.AcceptOnlyFromAmong([.. ChoosePolicies.DmarcWords]);
        MtaSts.AcceptOnlyFromAmong([.. ChoosePolicies.MtaStsWords]);
        var policies = new Command("policies", "Choose what a hosted or an alias domain asks of others: DMARC and TLS. Without an option, say what is chosen.") { Domain, Dmarc, MtaSts };
        policies.Runs(settings, (session, parsed, ct) => PoliciesAsync(session, parsed.GetValue(Domain)!, parsed.GetValue(Dmarc), parsed.GetValue(MtaSts), ct), parsed => $"dns policies {parsed.GetValue(Domain)}");
        return new Command("dns", "DNS records of mail.") { show, check, history, policies, ShareCommands.Share(settings, Domain, Zone), ShareCommands.Unshare(settings, Domain) };
    }

    private static Task<int> ShowAsync(Session session, string text, string? zone, DnsExport export, CancellationToken ct) =>
        OnPlanAsync(session, text, zone, plan => Task.FromResult(session.Output.Done(plan.Records.Select(Of), _ => export.Text(plan.Domain, plan.Records).TrimEnd())), ct);

    private static Task<int> CheckAsync(Session session, string text, string? zone, CancellationToken ct) => OnPlanAsync(session, text, zone, async plan =>
    {
        var outcome = await session.Get<CheckDomainDns>().RunAsync(new() { Domain = plan.Domain.Name }, session.Actor, ct);
        return session.Answer(outcome, $"domain {text}", found => Report(session, plan, found));
    }, ct);

    private static int Report(Session session, DnsPlan plan, DnsReport found)
    {
        // Named as in the zone that was chosen.
        var results = found.Records.Select(c => new Result(Of(c.Record with { Zone = plan.Records.FirstOrDefault(r => r.Name == c.Record.Name)?.Zone ?? c.Record.Zone }), c.Verdict, c.IsGood, c.Sightings)).ToList();
        var policy = found.Policy is { } p ? new Policy(p.Url, p.Verdict, p.IsGood, RecordWords.Says(p), p.Found, p.Wanted) : null;
        session.Output.Listed(
            new Checked(plan.Domain.Name, found.Security, policy, results), results, [RecordWords.Word($"Security{found.Security}"), .. policy is null ? [] : (string[])[$"{policy.Url}: {policy.Says}"]],
            ("RESULT", r => r.Verdict.ToString().ToLowerInvariant()), ("NEED", r => r.Record.Need.ToString().ToLowerInvariant()), ("TYPE", r => r.Record.Type), ("NAME", r => r.Record.FullName),
            ("FOUND", r => r.Verdict == RecordVerdict.Right ? "" : string.Join("; ", r.Sightings.Where(s => s.Verdict != RecordVerdict.Right).Select(s => $"{s.Server} {string.Join(" | ", s.Found)}".Trim()).Distinct())));
        return found.IsGood ? ExitStatus.Done : ExitStatus.Refused;
    }

    private static int History(Session session, DnsPlan plan) => session.Output.List(
        [.. plan.Stored.Records.SelectMany(record => record.Findings.Select(finding => new Past(record.Purpose, record.Type.ToString().ToUpperInvariant(), record.Name, finding.Verdict, finding.Since, finding.Until, finding.Wanted, finding.Sightings)))],
        ("FIRST SEEN", p => Time(p.Since)), ("LAST SEEN", p => Time(p.Until)), ("RESULT", p => p.Verdict.ToString().ToLowerInvariant()), ("TYPE", p => p.Type), ("NAME", p => p.FullName),
        ("FOUND", p => string.Join("; ", p.Sightings.Select(s => string.Join(" | ", s.Found)).Where(f => f.Length > 0).Distinct())));

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static async Task<int> PoliciesAsync(Session session, string text, string? dmarc, string? mtaSts, CancellationToken ct)
    {
        if (!DomainName.TryParse(text, out var name) || await session.Get<DnsRows>().FindAsync(name, zone: null, session.Actor, ct) is not { } plan) return session.NotFound($"domain {text}");
        if (dmarc is not null || mtaSts is not null)
        {
            var outcome = await session.Get<ChoosePolicies>().RunAsync(name, new() { Version = plan.Version, Dmarc = dmarc, MtaSts = mtaSts }, session.Actor, ct);
            if (outcome is not Outcome<Saved>.Done) return session.Answer(outcome, $"domain {text}", _ => ExitStatus.Done);

            plan = (await session.Get<DnsRows>().FindAsync(name, zone: null, session.Actor, ct))!;
        }
        return session.Output.Done(new { Dmarc = Words.Of(plan.Domain.Dmarc), MtaSts = ChoosePolicies.WordOf(plan.Domain.MtaSts) }, p => $"dmarc: {p.Dmarc}\nmta-sts: {p.MtaSts}");
    }

    private static async Task<int> OnPlanAsync(Session session, string text, string? zone, Func<DnsPlan, Task<int>> run, CancellationToken ct)
    {
        var plan = DomainName.TryParse(text, out var name) ? await session.Get<DnsRows>().FindAsync(name, DomainName.TryParse(zone, out var above) ? above.Value : zone, session.Actor, ct) : null;
        if (plan is null) return session.NotFound($"domain {text}");
        if (zone is not null && plan.Domain.Zone.Value != (DomainName.TryParse(zone, out var chosen) ? chosen.Value : zone)) return session.Output.Failed(ExitStatus.Refused, $"{zone} is no zone that can hold {name.Value}.");
        if (plan.Server is null) return session.Output.Refused([MailServerSettings.ShapeProblem(SettingCatalogue.Find("host_name")!, null)!]);

        return await run(plan);
    }

    private static Line Of(DnsRecord r) =>
        new(r.Purpose, r.Subject, r.Need, r.Place, r.Zone, r.RelativeName, r.Name, r.TypeName, r.Ttl, r.Data.Text, r.Data.ZoneText, r.KeyState);
}
