using System.CommandLine;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>`alias check [DOMAIN]`.</summary>
internal static class AliasCheckCommand
{
    public static Command Create(string[] settings)
    {
        var domain = new Argument<string?>("DOMAIN") { Description = "Only this domain's.", Arity = ArgumentArity.ZeroOrOne };
        var check = new Command("check", "Find aliases and forwards whose mail goes in a circle, bounces, or reaches nobody. The exit status is 1 when there are any.") { domain };
        check.Runs(settings, (session, parsed, ct) => RunAsync(session, parsed.GetValue(domain), ct));
        return check;
    }

    private static async Task<int> RunAsync(Session session, string? domain, CancellationToken ct)
    {
        if (!AliasRoute.TryReadDomain(domain, out var name) || await session.Get<AliasCheck>().FindAsync(name, session.Actor, ct) is not { } findings)
            return session.NotFound($"domain {domain}");

        session.Output.List(
            findings,
            ("ADDRESS", f => f.Address),
            ("WHAT IS WRONG", f => AliasFindingText.Title(f.Fault)),
            ("WAY", AliasFindingText.Way),
            ("WHAT TO DO", AliasFindingText.Repair));
        return findings.Any(f => f.IsFault) ? ExitStatus.Refused : ExitStatus.Done;
    }
}
