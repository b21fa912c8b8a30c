using System.CommandLine;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>`apply` and `drift`.</summary>
internal static class ApplyCommands
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Do all the checks, say what would be done, and change nothing." };

    private static readonly Option<bool> Replace = new("--replace") { Description = "Put the panel's files in the place of what somebody else has written; that is kept." };

    private static readonly Option<bool> Adopt = new("--adopt") { Description = "Make what somebody has written into main.cf the panel's settings, where there are such settings." };

    private static readonly Option<bool> Recover = new("--recover") { Description = "Only finish, or take back, what an interrupted apply has begun. Asks no database." };

    public static Command Create(string[] settings)
    {
        var apply = new Command("apply", "Put the panel's configuration in force on this host: check it, switch, tell the daemons, try them, and put everything back where a step fails. Needs root.") { DryRun, Replace, Adopt, Recover };
        apply.Validators.Add(result =>
        {
            bool Has(Option<bool> option) => result.GetValue(option);
            if (Has(Recover) && (Has(DryRun) || Has(Replace) || Has(Adopt))) result.AddError("--recover goes alone.");
            if (Has(Adopt) && (Has(Replace) || Has(DryRun))) result.AddError("--adopt goes without --replace and --dry-run.");
        });
        apply.Runs(settings, RunAsync, _ => "apply");
        return apply;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(Recover))
        {
            return session.Answer(await session.Get<RecoverApply>().RunAsync(ct), "configuration", did =>
                session.Output.Done(new { Recovered = did }, r => r.Recovered ? "An interrupted apply was brought to its end." : "No apply was interrupted."));
        }
        var isDryRun = parsed.GetValue(DryRun);
        var outcome = await session.Get<ApplyMailServer>().RunAsync(new ApplyMailServer.Input(isDryRun, parsed.GetValue(Replace), parsed.GetValue(Adopt)), session.Actor, ct);
        return session.Answer(outcome, "configuration", report => session.Output.Done(report, r => Text(r, isDryRun)));
    }

    public static Command CreateDrift(string[] settings)
    {
        var drift = new Command("drift", "Say which files of the mail server somebody else has changed since they were put in force. Exit status 1 when one is. Needs root, who may read them.");
        drift.Runs(settings, async (session, _, ct) => session.Answer(await session.Get<ShowDrift>().RunAsync(ct), "configuration", files =>
        {
            session.Output.Done(files, all => all.Count == 0 ? "Everything is as it was put in force." : string.Join('\n', all.Select(file => $"{file.Place}: {file.Kind.ToString().ToLowerInvariant()}\n{file.Difference}".TrimEnd())));
            return files.Count == 0 ? ExitStatus.Done : ExitStatus.Refused;
        }));
        return drift;
    }

    private static string Text(ApplyReport report, bool isDryRun)
    {
        if (report.Verified is null) return "Nothing to do: what is in force is what the panel says.";

        return string.Join('\n', [
            .. report.Changes.Select(change => change.Difference.Length == 0 ? $"{change.Path}: new, or gone" : $"{change.Path}:\n{change.Difference}"),
            .. report.IsCertificateNew ? ["The TLS certificate is a new one."] : (string[])[],
            .. report.Replaced.Select(file => $"{file.Place}: {(isDryRun ? "would be" : "was")} replaced"),
            .. report.KeptIn is { } kept ? [$"What stood there before is kept in {kept}."] : (string[])[],
            .. report.Restarted.Select(reason => $"{reason.Daemon} {(isDryRun ? "would be" : "was")} restarted: {reason.Parameter ?? "what it ran from was not the panel's"}"),
            .. report.Seen,
            isDryRun ? $"Would tell {string.Join(", ", report.Told)}. Nothing was changed." : $"In force on {string.Join(", ", report.Told)}.",
        ]);
    }
}
