namespace AdminPanel.Data.Model;

/// <summary>What a link does that the panel sends by mail.</summary>
public enum MailLinkKind
{
    /// <summary>Shows that whoever follows it reads the recovery address.</summary>
    Recovery,

    /// <summary>Gives the mailbox a new password.</summary>
    Password,
}

/// <summary>
/// A link that was sent to the recovery address of a mailbox, once for each kind; a newer one takes its place. The row
/// holds nothing that opens anything: what makes it a link is a mark with a key that is not in the database.
/// </summary>
public sealed class MailLink
{
    public long Id { get; init; }

    public MailLinkKind Kind { get; init; }

    public long MailboxId { get; init; }

    public Mailbox? Mailbox { get; init; }

    /// <summary>Where it was sent. It is good for no other recovery address.</summary>
    public required string Address { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime ExpiresAt { get; init; }
}
