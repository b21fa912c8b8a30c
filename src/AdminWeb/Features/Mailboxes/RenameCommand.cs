using System.CommandLine;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>`mailbox rename`.</summary>
internal static class RenameCommand
{
    public static Command Create(string[] settings)
    {
        var to = new Argument<string>("NEW") { Description = "The new address, in the same domain or in another." };
        var keeps = new Option<bool>("--keep-alias") { Description = "The old address becomes an alias to the new one." };
        var leaves = new Option<bool>("--no-follow") { Description = "Aliases and forwards to the old address stay as they are." };
        var rename = new Command("rename", "Give a mailbox another address. Mail, password and usage stay with it.") { MailboxCommands.Address, to, keeps, leaves };
        rename.Runs(
            settings,
            async (session, parsed, ct) =>
            {
                if (await MailboxCommands.FindAsync(session, parsed, ct) is not { } mailbox) return session.NotFound($"mailbox {parsed.GetValue(MailboxCommands.Address)}");

                var input = new RenameMailbox.Input
                {
                    Id = mailbox.Id, NewAddress = parsed.GetValue(to), KeepsOldAddress = parsed.GetValue(keeps), MovesDestinations = !parsed.GetValue(leaves),
                };
                var outcome = await session.Get<RenameMailbox>().RunAsync(input, session.Actor, ct);
                return session.Answer(outcome, mailbox.Address, saved => session.Output.Done(saved, s => $"{mailbox.Address} is now {s.Name}."));
            },
            parsed => $"mailbox show {parsed.GetValue(to)}");
        return rename;
    }
}
