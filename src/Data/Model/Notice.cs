namespace AdminPanel.Data.Model;

/// <summary>What a message from the panel is about.</summary>
public enum NoticeKind
{
    /// <summary>That a mailbox is there, and how to set up a mail program.</summary>
    Welcome,

    /// <summary>The <see cref="MailLinkKind.Recovery"/> link, to the recovery address.</summary>
    RecoveryLink,

    /// <summary>The <see cref="MailLinkKind.Password"/> link, to the recovery address.</summary>
    PasswordLink,

    /// <summary>That the owner's password was changed, to the recovery address.</summary>
    PasswordChanged,

    /// <summary>That somebody signed in from a network that was not seen before, to the recovery address or else to the mailbox.</summary>
    NewNetwork,
}

/// <summary>
/// A message that the panel is going to send to the owner of a mailbox. It is written in the transaction that gives the
/// reason, and deleted when the mail server has taken it: what was not saved is never announced, what was saved always is.
/// There is one of a kind for a mailbox at a time.
/// </summary>
public sealed class Notice
{
    /// <summary>Of <see cref="Refusal"/>, in characters.</summary>
    public const int MaxRefusal = 255;

    /// <summary>Of <see cref="Detail"/>, in characters.</summary>
    public const int MaxDetail = 80;

    public long Id { get; init; }

    public NoticeKind Kind { get; init; }

    public long MailboxId { get; init; }

    /// <summary>For <see cref="MailboxId"/> where the mailbox is not saved yet.</summary>
    public Mailbox? Mailbox { get; init; }

    /// <summary>Of <see cref="NoticeKind.NewNetwork"/>: protocol and network, as "imap 203.0.113.7"; null of every other kind.</summary>
    public string? Detail { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When it is tried. Whoever tries it moves this ahead first, so that no other panel does. Null: it is given up.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>How often the mail server did not take it.</summary>
    public int Failures { get; set; }

    /// <summary>Why the mail server did not take it the last time, in its own words; null where it was never asked.</summary>
    public string? Refusal { get; set; }

    /// <summary>One that is due at once.</summary>
    public static Notice Of(NoticeKind kind, Mailbox mailbox, DateTime now, string? detail = null) => new() { Kind = kind, Mailbox = mailbox, CreatedAt = now, DueAt = now, Detail = detail };
}
