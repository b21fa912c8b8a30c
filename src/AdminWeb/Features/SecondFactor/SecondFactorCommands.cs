using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Mailboxes;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>`admin reset-2fa` and `mailbox reset-2fa`.</summary>
internal static class SecondFactorCommands
{
    private const string Means = "Take the second factor away from somebody who has lost it with all codes. The password alone signs in again.";

    public static Command OfAdmin(string[] settings, Argument<string> login)
    {
        var reset = new Command("reset-2fa", Means) { login };
        reset.Runs(settings, async (session, parsed, ct) =>
            await AdminCommands.FindAsync(session, parsed.GetValue(login), ct) is { } admin
                ? await RunAsync(session, new() { AccountId = admin.Id }, admin.Login, ct)
                : session.NotFound($"admin {parsed.GetValue(login)}"));
        return reset;
    }

    public static Command OfMailbox(string[] settings, Argument<string> address)
    {
        var reset = new Command("reset-2fa", Means) { address };
        reset.Runs(settings, async (session, parsed, ct) =>
            EmailAddress.TryParse(parsed.GetValue(address), out var mailbox) && await session.Get<MailboxRows>().HeadAsync(mailbox, session.Actor, ct) is { } found
                ? await RunAsync(session, new() { MailboxId = found.Id }, found.Address, ct)
                : session.NotFound($"mailbox {parsed.GetValue(address)}"));
        return reset;
    }

    private static async Task<int> RunAsync(Session session, ResetSecondFactor.Input input, string name, CancellationToken ct) =>
        session.Answer(await session.Get<ResetSecondFactor>().RunAsync(input, session.Actor, ct), $"second factor of {name}", saved => session.Output.Done(saved, s => $"{s.Name} signs in with the password alone."));
}
