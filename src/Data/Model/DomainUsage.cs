namespace AdminPanel.Data.Model;

/// <summary>What the mailboxes of a domain store together: a sum over all of them, so it is kept and counted anew only when it is old.</summary>
public sealed class DomainUsage
{
    public long DomainId { get; init; }

    public long Bytes { get; init; }

    public long Messages { get; init; }

    public DateTime CountedAt { get; init; }
}
