using System.CommandLine;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>How the owner of a mailbox may reach it, on the command line.</summary>
internal static class AccessOptions
{
    private const string None = "none";

    private static readonly Switch Imap = new("imap", "Its owner may read mail over IMAP");

    private static readonly Switch Pop3 = new("pop3", "Its owner may fetch mail over POP3");

    private static readonly Switch Smtp = new("smtp", "Its owner may send mail");

    private static readonly Switch Sieve = new("sieve", "Its owner may change filters over ManageSieve");

    private static readonly Option<string[]> Networks = new("--networks") { Description = "The only networks to sign in from, as 192.0.2.0/24; may be repeated, or none.", AllowMultipleArgumentsPerToken = true };

    /// <summary>All of them, for a command that takes none beside something else.</summary>
    public static IEnumerable<Option> All => [.. Imap.Options, .. Pop3.Options, .. Smtp.Options, .. Sieve.Options, Networks];

    public static void AddTo(params IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            command.Options.Add(Networks);
            foreach (var choice in (Switch[])[Imap, Pop3, Smtp, Sieve]) choice.AddTo(command);
        }
    }

    /// <param name="now">What holds where nothing is said. Networks come as they were typed.</param>
    public static MailboxAccess Chosen(ParseResult parsed, MailboxAccess now) => new(
        Imap.Choice(parsed) ?? now.Imap,
        Pop3.Choice(parsed) ?? now.Pop3,
        Smtp.Choice(parsed) ?? now.Smtp,
        Sieve.Choice(parsed) ?? now.Sieve,
        parsed.GetResult(Networks) is null ? now.Networks : Typed(parsed.GetValue(Networks) ?? []));

    /// <summary>The protocols that are allowed, for people.</summary>
    public static string Protocols(MailboxAccess access)
    {
        (bool Allowed, string Name)[] all = [(access.Imap, "imap"), (access.Pop3, "pop3"), (access.Smtp, "smtp"), (access.Sieve, "sieve")];
        return all.Any(p => p.Allowed) ? string.Join(", ", all.Where(p => p.Allowed).Select(p => p.Name)) : None;
    }

    private static string? Typed(string[] networks) => networks is [var only] && string.Equals(only, None, StringComparison.OrdinalIgnoreCase) ? null : string.Join(' ', networks);
}
