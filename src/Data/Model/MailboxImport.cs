namespace AdminPanel.Data.Model;

/// <summary>
/// Mailboxes that somebody uploaded as CSV: first looked at, then added by a job. Its lines hold passwords, so they are
/// sealed, nobody but whoever uploaded them sees them, and each goes as soon as it is dealt with. The row itself stays
/// while its job's results hold passwords that were made and not yet shown.
/// </summary>
public sealed class MailboxImport : IVersioned
{
    public long Id { get; init; }

    public long AccountId { get; init; }

    public int Total { get; init; }

    /// <summary>Lines that are left out, by the plan that was made last.</summary>
    public int RefusedCount { get; set; }

    /// <summary>Headings of columns that are not used, one a line; null for none.</summary>
    public string? UnusedColumns { get; init; }

    /// <summary>UTC: until then somebody may start the job, or, when it has ended, take the passwords it made.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>The job that adds them; null while somebody looks.</summary>
    public long? JobId { get; set; }

    /// <summary>Goes up with each plan: whoever starts the job names the plan that was seen.</summary>
    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }
}

/// <summary>Some lines of an import: what one step of its job takes, and removes.</summary>
public sealed class MailboxImportBlock
{
    public long ImportId { get; init; }

    /// <summary>From 1, in the order of the lines.</summary>
    public int Number { get; init; }

    /// <summary>Lines that are left out.</summary>
    public int RefusedCount { get; set; }

    /// <summary>The lines and what is wrong with them, encrypted with the key file.</summary>
    public required string Lines { get; set; }
}
