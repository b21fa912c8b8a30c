using System.CommandLine;
using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Mailboxes;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>`sessions watch|end`.</summary>
internal static class SessionCommands
{
    public static Command Create(string[] settings)
    {
        var watch = new Command("watch", "End the IMAP, POP3 and ManageSieve sessions of this host whose rights have ended, until a signal ends it. Needs root; run one on every mail server.");
        watch.Runs(settings, (session, _, ct) => WatchAsync(session, ct));
        var end = new Command("end", "End the open sessions of a mailbox, on every mail server. Its owner may sign in again.") { MailboxCommands.Address };
        end.Runs(
            settings,
            async (session, parsed, ct) =>
            {
                if (await MailboxCommands.FindAsync(session, parsed, ct) is not { } mailbox) return session.NotFound($"mailbox {parsed.GetValue(MailboxCommands.Address)}");

                var outcome = await session.Get<EndSessions>().RunAsync(new() { Id = mailbox.Id }, session.Actor, ct);
                return session.Answer(outcome, mailbox.Address, saved => session.Output.Done(saved, s => $"The sessions of {s.Name} end within seconds, where adminpanel sessions watch runs."));
            },
            MailboxCommands.Show);
        return new Command("sessions", "Sessions that Dovecot has open.") { watch, end };
    }

    private static async Task<int> WatchAsync(Session session, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess) return session.Output.Refused([new Problem("", "SessionsNeedRoot")]);

        var watch = new WatchSessions(new SessionFeed(session.Get<DbDataSource>()), new OpenSessions(session.Get<IConfiguration>()), session.Get<TimeProvider>());
        await watch.RunAsync(session.Output.Part, session.Output.PartFailed, ct);
        return ExitStatus.Done;
    }
}
