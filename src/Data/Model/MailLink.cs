namespace AdminPanel.Data.Model;

/// <summary>What a link does that works once.</summary>
public enum MailLinkKind
{
    /// <summary>Shows that whoever follows it reads the recovery address.</summary>
    Recovery,

    /// <summary>Gives the mailbox a new password.</summary>
    Password,

    /// <summary>Makes an app password and hands it out in a profile for one of Apple's devices. Shown to the owner and not sent.</summary>
    Device,
}

/// <summary>
/// A link that works once, for a mailbox, at most one of each kind; a newer one takes its place. The row holds nothing
/// that opens anything: what makes it a link is a mark with a key that is not in the database.
/// </summary>
public sealed class MailLink
{
    public long Id { get; init; }

    public MailLinkKind Kind { get; init; }

    public long MailboxId { get; init; }

    public Mailbox? Mailbox { get; init; }

    /// <summary>The recovery address that it was sent to, or for a device the mailbox's own: it is good for no other.</summary>
    public required string Address { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime ExpiresAt { get; init; }
}
