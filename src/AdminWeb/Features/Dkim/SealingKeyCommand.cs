using System.CommandLine;
using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.MailServer;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>`dkim sealing-key`.</summary>
internal static class SealingKeyCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("sealing-key", "Make the key that the private halves of DKIM keys are sealed to, where there is none yet, as the first apply does. Run it as root on the mail server.");
        command.Runs(settings, RunAsync, _ => "dkim sealing-key");
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var path = ServerSettings.OfHost(session.Get<IConfiguration>(), "sealing_key");
        var outcome = await SealingKey.OfRootAsync(session.Get<AdminDb>(), path, ct);
        return session.Answer(outcome, "sealing key", _ => session.Output.Done(new { Path = path }, k => $"DKIM keys are sealed to {k.Path}. Keep a copy of it where the backups are: nothing else opens them."));
    }
}
