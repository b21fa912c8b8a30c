using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>`job start mailboxes|aliases`.</summary>
internal static class StartJobCommands
{
    private static readonly Option<string?> Domain = new("--domain") { Description = "With --all: only this domain's." };

    private static readonly Option<string?> Quota = new("--quota") { Description = "For set-quota, as 5G, or none." };

    private static readonly Option<int?> Count = new("--count") { Description = "How many there have to be; with --all, delete asks for it." };

    public static Command Create(string[] settings) => new("start", "Change many at once. The panel works on it, also when nobody waits.")
    {
        Create("mailboxes", JobKind.Mailboxes, FilterForm.OfMailboxes(new ListQuery(), ""), settings),
        Create("aliases", JobKind.Aliases, FilterForm.OfAliases(new ListQuery(), ""), settings),
    };

    private static Command Create(string name, JobKind kind, FilterForm page, string[] settings)
    {
        var actions = StartJob.ActionsOf(kind).ToDictionary(a => JsonNamingPolicy.KebabCaseLower.ConvertName($"{a}"));
        var action = new Argument<string>("ACTION") { Description = "What becomes of each." };
        var start = new Command(name, $"Change many {name} at once.") { action.AcceptOnlyFromAmong([.. actions.Keys]), Domain, Count };
        if (kind == JobKind.Mailboxes) start.Options.Add(Quota);
        var many = new ManyOptions(start, "ADDRESS", page);
        start.Validators.Add(result =>
        {
            var sets = result.GetResult(action) is { Tokens: [{ Value: "set-quota" }] };
            if (result.GetResult(Quota) is not null != sets) result.AddError("set-quota and --quota go together.");
        });
        start.Runs(settings, (session, parsed, ct) => RunAsync(session, parsed, kind, actions[parsed.GetValue(action)!], many, ct), _ => "job list");
        return start;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, JobKind kind, JobAction action, ManyOptions many, CancellationToken ct)
    {
        var (addresses, limits, count) = (await many.NamesAsync(parsed, ct), many.Limits(parsed), parsed.GetValue(Count));
        var quota = parsed.GetResult(Quota) is null ? null : parsed.GetValue(Quota);
        var input = new StartJob.Input
        {
            Kind = kind, Action = action, Addresses = addresses, DomainName = parsed.GetValue(Domain), Count = count,
            Quota = string.Equals(quota, "none", StringComparison.OrdinalIgnoreCase) ? null : quota,
            Text = limits.Filter, IsInside = limits.IsInside, State = limits.State, Only = limits.Only, Tag = limits.Tag,
            // Whoever names each has named what goes.
            Confirm = (count ?? addresses?.Distinct(StringComparer.OrdinalIgnoreCase).Count())?.ToString(CultureInfo.InvariantCulture),
        };
        var outcome = await session.Get<StartJob>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, $"hosted domain {input.DomainName}", saved => session.Output.Done(saved, s => $"Started job {s.Name}. See how far it is: adminpanel job show {s.Name}"));
    }
}
