using System.CommandLine;
using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>`mailbox send-as add|remove`.</summary>
internal static class SendAsCommands
{
    public static Command Create(string[] settings)
    {
        var sender = new Argument<string>("SENDER") { Description = "An address, or @domain for every address of that domain." };
        var add = new Command("add", "Let a mailbox send as another address.") { MailboxCommands.Address, sender };
        add.Runs(
            settings,
            (session, parsed, ct) => SendAsAsync(
                session, parsed, id => session.Get<GrantSendAs>().RunAsync(new() { Id = id, Sender = parsed.GetValue(sender) }, session.Actor, ct), $"may send as {parsed.GetValue(sender)}", ct),
            MailboxCommands.Show);
        var remove = new Command("remove", "Take it away again.") { MailboxCommands.Address, sender };
        remove.Runs(
            settings,
            (session, parsed, ct) => SendAsAsync(
                session, parsed, id => session.Get<RevokeSendAs>().RunAsync(new() { Id = id, Sender = parsed.GetValue(sender) }, session.Actor, ct), $"may no longer send as {parsed.GetValue(sender)}", ct),
            MailboxCommands.Show);
        return new Command("send-as", "Further sender addresses of a mailbox.") { add, remove };
    }

    private static async Task<int> SendAsAsync(Session session, ParseResult parsed, Func<long, Task<Outcome<Saved>>> run, string done, CancellationToken ct) =>
        await MailboxCommands.FindAsync(session, parsed, ct) is not { } mailbox
            ? session.NotFound($"mailbox {parsed.GetValue(MailboxCommands.Address)}")
            : session.Answer(await run(mailbox.Id), $"grant of {mailbox.Address}", saved => session.Output.Done(saved, s => $"{s.Name} {done}."));
}
