using AdminPanel.Web.Features.MailServer;

namespace AdminPanel.Web.Features.Scripts;

/// <summary>What is spam for a mailbox, and whether it goes to Junk.</summary>
/// <param name="IsOurs">Whether the panel's spam filter marks the server's mail; only then scripts leave spam alone, and <paramref name="From"/> counts.</param>
/// <param name="From">Points from which mail goes to Junk, <see cref="Least"/> to <see cref="Most"/>; <see cref="Never"/>: none does; null: what the server marks.</param>
public sealed record SpamMark(bool IsOurs, int? From)
{
    /// <summary>Below it nearly all mail is.</summary>
    public const int Least = 2;

    /// <summary>With more it is refused, and never comes here.</summary>
    public const int Most = Rspamd.RefusedFrom - 1;

    public const int Never = 0;

    private const string Marked = "header :is \"X-Spam\" \"Yes\"";

    /// <summary>Asks a script's message whether it is spam.</summary>
    public string Test => !IsOurs || From is not (>= Least and var points) ? Marked
        // Some mail is marked for something that gives no points.
        : points <= Rspamd.MarkedFrom ? $"anyof ({Marked}, {Level(points)})" : Level(points);

    /// <summary>
    /// What stands last in a script: it tells <see cref="SpamSieve"/>, which runs next and knows no mailbox, what the owner
    /// decided. Null where the server decides.
    /// </summary>
    public ScriptPart? Decision => !IsOurs || From is not { } from ? null : new(["imap4flags"], from == Never
        ? $"addflag \"{SpamSieve.Inbox}\";\n"
        : $$"""
            if {{Test}} {
              addflag "{{SpamSieve.Junk}}";
            } else {
              addflag "{{SpamSieve.Inbox}}";
            }

            """);

    private static string Level(int points) => $"header :contains \"{Rspamd.LevelHeader}\" \"{new string('*', points)}\"";
}
