using System.CommandLine;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.MailServer.Verify;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>`render` and `verify`.</summary>
internal static class MailServerCommands
{
    private static readonly Option<string> Out = new("--out") { Description = "The directory to write to; made when it is not there.", HelpName = "DIR", Required = true };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A setting for this run: it wins over the configuration and the panel's settings. Repeat it for more.",
        HelpName = "KEY=VALUE",
    };

    private static readonly Option<string> Dovecot = Version("dovecot", DaemonVersions.KnownDovecots);

    private static readonly Option<string> Postfix = Version("postfix", DaemonVersions.KnownPostfixes);

    public static Command Create(string[] settings)
    {
        var render = new Command("render", "Write the configuration of Postfix and Dovecot, with manifest.json, from the panel's settings.") { Out, Dovecot, Postfix, Set };
        render.Validators.Add(result =>
        {
            foreach (var pair in result.GetValue(Set) ?? [])
            {
                if (pair.IndexOf('=', StringComparison.Ordinal) < 1) result.AddError($"--set {pair}: write it as KEY=VALUE.");
            }
        });
        render.Runs(settings, RenderAsync);
        return render;
    }

    public static Command CreateVerify(string[] settings)
    {
        var verify = new Command("verify", "Check the configuration as it would be rendered now, by the programs that will read it, and execute every lookup table. Changes nothing; needs root.");
        verify.Runs(settings, async (session, _, ct) =>
        {
            var outcome = await session.Get<VerifyMailServer>().RunAsync(session.Actor, ct);
            return session.Answer(outcome, "configuration", verified => session.Output.Done(verified, Text));
        });
        return verify;
    }

    private static string Text(Verification verified) => string.Join('\n', [
        .. verified.Programs.Select(program => $"{program}: nothing to say against it"),
        .. verified.Tables.Select(table => $"{table.Key}: {table.Value} keys, answered as explain says"),
        $"Dovecot's queries: {verified.Users} names, answered as the panel says",
    ]);

    private static Option<string> Version(string daemon, IReadOnlyList<string> known) => new("--" + daemon)
    {
        Description = $"The version to write it for ({string.Join(", ", known)}); without it, the one that is installed here.",
        HelpName = "VERSION",
    };

    private static async Task<int> RenderAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var overrides = new Dictionary<string, string>();
        foreach (var pair in parsed.GetValue(Set) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            overrides[pair[..equals]] = pair[(equals + 1)..];
        }
        var input = new RenderMailServer.Input(Path.GetFullPath(parsed.GetValue(Out)!), new MailServerTree.Input(overrides, parsed.GetValue(Dovecot), parsed.GetValue(Postfix)));
        var outcome = await session.Get<RenderMailServer>().RunAsync(input, ct);
        return session.Answer(outcome, "configuration", rendered => session.Output.Done(
            rendered, r => string.Join('\n', r.Paths.Select(path => Path.Combine(r.Directory, path)))));
    }
}
