namespace AdminPanel.Data.Model;

/// <summary>
/// A rule that a mailbox's mail is sorted by as it arrives. A row for each, so that two people who change two of them are
/// not in one another's way.
/// </summary>
public sealed class MailboxFilter : IVersioned
{
    /// <summary>Of one mailbox.</summary>
    public const int Most = 50;

    /// <summary>Of the name of a rule, in characters.</summary>
    public const int MaxName = 100;

    public long Id { get; init; }

    public long MailboxId { get; init; }

    public Mailbox? Mailbox { get; init; }

    /// <summary>Rules are gone through from the lowest on; where two have one, the older comes first.</summary>
    public int Position { get; set; }

    public required string Name { get; set; }

    public bool IsOn { get; set; } = true;

    /// <summary>What it looks for and what it does, as JSON: nobody but the feature reads it.</summary>
    public required string Rule { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }
}
