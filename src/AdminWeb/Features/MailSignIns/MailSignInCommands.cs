using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>`mailbox sign-ins`.</summary>
internal static class MailSignInCommands
{
    public static Command Create(string[] settings, Argument<string> address)
    {
        var signIns = new Command("sign-ins", "Show which mail programs signed in to a mailbox, from where, and which were refused.") { address };
        signIns.Runs(settings, async (session, parsed, ct) =>
        {
            var found = EmailAddress.TryParse(parsed.GetValue(address), out var mailbox) ? await session.Get<SignInRows>().FindAsync(mailbox, session.Actor, ct) : null;
            return found is null ? session.NotFound($"mailbox {parsed.GetValue(address)}") : session.Output.Done(found, Sentence);
        });
        return signIns;
    }

    private static string Sentence(MailboxSignIns found) => string.Join('\n',
        [.. found.Accepted.Select(r => Line("accepted", r)), .. found.Refused.Select(r => Line("refused", r))]) is { Length: > 0 } lines ? lines : $"No sign-ins to {found.Address}.";

    private static string Line(string outcome, SignInRow row) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{outcome,-9} {row.LastAt:yyyy-MM-dd HH:mm} UTC  {row.Service,-5}  {row.RemoteAddress}  {row.Times} times since {row.FirstAt:yyyy-MM-dd}");
}
