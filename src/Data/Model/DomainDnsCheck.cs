namespace AdminPanel.Data.Model;

/// <summary>What the name servers had of a domain's records when they were last asked, and before. Kept in one row: pages read it without asking anybody.</summary>
public sealed class DomainDnsCheck
{
    public long DomainId { get; init; }

    public DateTime CheckedAt { get; set; }

    /// <summary>How many of the domain's own records that mail needs are missing or wrong.</summary>
    public int WrongCount { get; set; }

    /// <summary>Each record with what was found and since when, as JSON.</summary>
    public required string Content { get; set; }
}
