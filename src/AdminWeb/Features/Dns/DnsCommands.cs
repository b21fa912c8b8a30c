using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns;

/// <summary>`dns show|check`.</summary>
internal static class DnsCommands
{
    private static readonly Argument<string> Domain = new("DOMAIN") { Description = "A hosted domain, an alias domain or a relay domain." };

    private static readonly Option<string> Format = new("--format") { Description = "What to print, unless it is JSON.", DefaultValueFactory = _ => "text" };

    private static readonly Option<string?> Zone = new("--zone") { Description = "The zone that holds the domain, where that is one above it.", HelpName = "ZONE" };

    /// <summary>A record for scripts.</summary>
    /// <param name="Name">Relative to the zone; "@" is the zone's own.</param>
    private sealed record Line(RecordPurpose Purpose, string? Subject, RecordNeed Need, RecordPlace Place, string Zone, string Name, string FullName, string Type, int Ttl, string Value, string ZoneFileValue, string? KeyState);

    /// <param name="Record">What is wanted.</param>
    private sealed record Result(Line Record, RecordVerdict Verdict, bool IsGood, IReadOnlyList<RecordSighting> Sightings);

    public static Command Create(string[] settings)
    {
        Format.AcceptOnlyFromAmong([.. DnsExport.All.Select(e => e.Format)]);
        var show = new Command("show", "Print the DNS records that a domain and its mail server need.") { Domain, Format, Zone };
        show.Runs(settings, (session, parsed, ct) => ShowAsync(session, parsed.GetValue(Domain)!, parsed.GetValue(Zone), DnsExport.Find(parsed.GetValue(Format))!, ct));
        var check = new Command("check", "Ask the name servers for those records, each of them by itself. Exit status 1 when one is missing or wrong that is required or recommended.") { Domain, Zone };
        check.Runs(settings, (session, parsed, ct) => CheckAsync(session, parsed.GetValue(Domain)!, parsed.GetValue(Zone), ct));
        return new Command("dns", "DNS records of mail.") { show, check };
    }

    private static Task<int> ShowAsync(Session session, string text, string? zone, DnsExport export, CancellationToken ct) =>
        OnPlanAsync(session, text, zone, plan => Task.FromResult(session.Output.Done(plan.Records.Select(Of), _ => export.Text(plan.Domain, plan.Records).TrimEnd())), ct);

    private static Task<int> CheckAsync(Session session, string text, string? zone, CancellationToken ct) => OnPlanAsync(session, text, zone, async plan =>
    {
        using var dns = session.Get<DnsQuery>().Begin(ct);
        var results = (await CheckRecords.RunAsync(plan, dns, ct)).Select(c => new Result(Of(c.Record), c.Verdict, c.IsGood, c.Sightings)).ToList();
        session.Output.List(
            results, ("RESULT", r => r.Verdict.ToString().ToLowerInvariant()), ("NEED", r => r.Record.Need.ToString().ToLowerInvariant()), ("TYPE", r => r.Record.Type), ("NAME", r => r.Record.FullName),
            ("FOUND", r => r.Verdict == RecordVerdict.Right ? "" : string.Join("; ", r.Sightings.Where(s => s.Verdict != RecordVerdict.Right).Select(s => $"{s.Server} {string.Join(" | ", s.Found)}".Trim()).Distinct())));
        return results.All(r => r.IsGood || r.Record.Need == RecordNeed.Optional) ? ExitStatus.Done : ExitStatus.Refused;
    }, ct);

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
