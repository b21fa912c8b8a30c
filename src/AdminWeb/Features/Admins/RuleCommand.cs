using System.CommandLine;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Domains;

namespace AdminPanel.Web.Features.Admins;

/// <summary>`admin rules`.</summary>
internal static class RuleCommand
{
    private static readonly Option<string?> SecondFactor = new("--require-2fa")
    {
        Description = $"Who must have a second factor, with commas between, or none: {string.Join(',', SetRoleRules.KindWords)}.",
    };

    public static Command Create(string[] settings)
    {
        var command = new Command("rules", "Show who must have a second factor, or choose it.") { SecondFactor };
        command.Runs(settings, RunAsync, _ => "admin rules");
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetResult(SecondFactor) is null)
        {
            return session.Output.List(
                await session.Get<RoleRuleRows>().AllAsync(session.Actor, ct),
                ("KIND", r => r.Kind), ("SECOND FACTOR", r => r.NeedsSecondFactor ? "required" : "as they like"), ("ACCOUNTS", r => $"{r.Accounts}"), ("HAVE ONE", r => $"{r.WithSecondFactor}"));
        }
        IReadOnlyList<string> wanted = DomainCommands.Chosen(parsed, SecondFactor, stored: null)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var outcome = await session.Get<SetRoleRules>().RunAsync(new() { SecondFactor = wanted }, session.Actor, ct);
        return session.Answer(outcome, "rules", _ => session.Output.Done(new { SecondFactor = wanted }, r => r.SecondFactor.Count == 0 ? "Nobody must have a second factor." : $"A second factor is required of {string.Join(", ", r.SecondFactor)}."));
    }
}
