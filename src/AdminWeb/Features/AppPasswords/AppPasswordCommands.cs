using System.CommandLine;
using System.Globalization;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>`mailbox app-password list|revoke`.</summary>
internal static class AppPasswordCommands
{
    public static Command Create(string[] settings, Argument<string> address)
    {
        var list = new Command("list", "Show the passwords of a mailbox's mail programs: what they open, and when they were last used. Never the passwords themselves.") { address };
        list.Runs(settings, async (session, parsed, ct) =>
            await FindAsync(session, parsed.GetValue(address), ct) is { } found
                ? session.Output.Done(found, Sentence)
                : session.NotFound($"mailbox {parsed.GetValue(address)}"));

        var name = new Argument<string>("NAME") { Description = "As `mailbox app-password list` shows it." };
        var revoke = new Command("revoke", "End the password of one mail program. Open sessions of the mailbox end.") { address, name };
        revoke.Runs(settings, async (session, parsed, ct) =>
        {
            var found = await FindAsync(session, parsed.GetValue(address), ct);
            var password = found?.Passwords.FirstOrDefault(p => string.Equals(p.Name, parsed.GetValue(name), StringComparison.OrdinalIgnoreCase));
            var what = $"app password {parsed.GetValue(name)} of {parsed.GetValue(address)}";
            return password is null
                ? session.NotFound(what)
                : session.Answer(await session.Get<RevokeAppPassword>().RunAsync(new() { Id = password.Id }, session.Actor, ct), what, saved => session.Output.Done(saved, s => $"{s.Name} opens nothing any more."));
        });
        return new Command("app-password", "Passwords of single mail programs, which owners make.") { list, revoke };
    }

    private static async Task<AppPasswordList?> FindAsync(Session session, string? address, CancellationToken ct) =>
        EmailAddress.TryParse(address, out var mailbox) ? await session.Get<AppPasswordRows>().FindAsync(mailbox, session.Actor, ct) : null;

    private static string Sentence(AppPasswordList list) =>
        list.Passwords.Count == 0 ? $"{list.Address} has no app passwords." : string.Join('\n', list.Passwords.Select(row => Line(row, list.IsUseKnown)));

    private static string Line(AppPasswordRow row, bool isUseKnown) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name}  {string.Join(' ', Protocols(row))}  made {row.CreatedAt:yyyy-MM-dd}{(row.ExpiresAt is { } end ? $", until {end:yyyy-MM-dd HH:mm} UTC" : "")}  {(row.LastUsedAt is { } used ? $"last used {used:yyyy-MM-dd HH:mm} UTC, {row.LastUsedService}, {row.LastUsedFrom}" : isUseKnown ? "never used" : "last use unknown")}");

    private static IEnumerable<string> Protocols(AppPasswordRow row) =>
        Enum.GetValues<ClientSetup.ClientProtocol>().Where(row.Access.Allows).Select(p => p.ToString().ToLowerInvariant());
}
