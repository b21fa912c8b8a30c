namespace AdminPanel.Data.Model;

/// <summary>
/// Sign-ins to a mailbox, of mail programs as Dovecot reports them and of its owner at the panel, summed up by protocol and
/// place. Unlike <see cref="MailboxLogin"/> it knows submission, and from where.
/// </summary>
public sealed class MailboxSignIn
{
    /// <summary>How Postfix asks Dovecot about whoever sends.</summary>
    public const string Submission = "smtp";

    /// <summary>The panel itself, which reports its own.</summary>
    public const string Panel = "panel";

    /// <summary>How long it is kept after the last one from there.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public long MailboxId { get; init; }

    /// <summary>Dovecot's word for the protocol: imap, pop3, sieve; smtp is submission. Or <see cref="Panel"/>.</summary>
    public required string Service { get; init; }

    /// <summary>An IPv4 address, or the /64 of an IPv6 address: its single addresses change by the hour.</summary>
    public required string RemoteAddress { get; init; }

    public DateTime FirstAt { get; init; }

    public DateTime LastAt { get; init; }

    public long Times { get; init; }
}

/// <summary>
/// Refused sign-ins to a mailbox, summed up by protocol and day: whoever guesses from ten thousand places makes one row
/// a day of it.
/// </summary>
public sealed class RefusedSignIn
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public long MailboxId { get; init; }

    /// <summary>As in <see cref="MailboxSignIn.Service"/>.</summary>
    public required string Service { get; init; }

    /// <summary>Midnight UTC, at which the day begins.</summary>
    public DateTime Day { get; init; }

    /// <summary>Where the last one came from, as in <see cref="MailboxSignIn.RemoteAddress"/>.</summary>
    public required string RemoteAddress { get; init; }

    public DateTime LastAt { get; init; }

    public long Times { get; init; }
}
