using System.CommandLine;
using System.Globalization;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>`admin passkey list|remove` and `mailbox passkey list|remove`.</summary>
internal static class PasskeyCommands
{
    public static Command OfAdmin(string[] settings, Argument<string> login) => Create(settings, login, "an admin", async (session, typed, ct) =>
        await AdminCommands.FindAsync(session, typed, ct) is { } admin ? await session.Get<PasskeyRows>().OfAdminAsync(admin.Login, session.Actor, ct) : null);

    public static Command OfMailbox(string[] settings, Argument<string> address) => Create(settings, address, "a mailbox's owner", async (session, typed, ct) =>
        EmailAddress.TryParse(typed, out var mailbox) ? await session.Get<PasskeyRows>().OfMailboxAsync(mailbox, session.Actor, ct) : null);

    private static Command Create(string[] settings, Argument<string> whose, string whom, Func<Session, string?, CancellationToken, Task<PasskeyList?>> findAsync)
    {
        var list = new Command("list", $"Show the passkeys of {whom}: what they are called, and when they were last used.") { whose };
        list.Runs(settings, async (session, parsed, ct) =>
            await findAsync(session, parsed.GetValue(whose), ct) is { } found ? session.Output.Done(found, Sentence) : session.NotFound(What(whose, parsed)));

        var name = new Argument<string>("NAME") { Description = "As `passkey list` shows it." };
        var remove = new Command("remove", $"Take one passkey away from {whom} who has lost the device. Every session at the panel ends; with the last factor the second factor is turned off.") { whose, name };
        remove.Runs(settings, async (session, parsed, ct) =>
        {
            var found = await findAsync(session, parsed.GetValue(whose), ct);
            var passkey = found?.Passkeys.FirstOrDefault(p => string.Equals(p.Name, parsed.GetValue(name), StringComparison.OrdinalIgnoreCase));
            var what = $"passkey {parsed.GetValue(name)} of {What(whose, parsed)}";
            return passkey is null
                ? session.NotFound(what)
                : session.Answer(await session.Get<TakePasskeyAway>().RunAsync(new() { Id = passkey.Id }, session.Actor, ct), what, taken => session.Output.Done(taken, Sentence));
        });
        return new Command("passkey", $"Passkeys of {whom}, who adds them in a browser.") { list, remove };
    }

    private static string What(Argument<string> whose, ParseResult parsed) => $"{(whose.Name == "LOGIN" ? "admin" : "mailbox")} {parsed.GetValue(whose)}";

    private static string Sentence(PasskeyTaken taken) => taken.TurnedOff
        ? $"{taken.Name} signs in no more. It was the last factor of {taken.Account}: the second factor is off, and the password alone signs in."
        : $"{taken.Name} signs in no more.";

    private static string Sentence(PasskeyList list) =>
        list.Passkeys.Count == 0 ? $"{list.Account} has no passkeys." : string.Join('\n', list.Passkeys.Select(Line));

    private static string Line(PasskeyRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name}  added {row.CreatedAt:yyyy-MM-dd}  {(row.LastUsedAt is { } used ? $"last used {used:yyyy-MM-dd HH:mm} UTC" : "never used")}{(row.IsBackedUp ? "  on other devices, too" : "")}");
}
