namespace AdminPanel.Data.Model;

/// <summary>What somebody deleted. The first three have the words of <see cref="AddressKind"/>, the others those of what the domain was.</summary>
public enum RecycledKind
{
    Mailbox,
    Alias,
    CatchAll,
    Domain,

    /// <summary>Only below the <see cref="Domain"/> it stood for: deleted alone it is gone.</summary>
    AliasDomain,
}

/// <summary>
/// Something in the recycle bin. Its rows are not in their tables any more but put away as <see cref="RecycledRow"/>s:
/// what is not there no list, count, search or lookup can show. What stays is the name, reserved: the row of the
/// register, or of the domain, has kind recycled and is never active.
/// </summary>
public sealed class RecycledItem
{
    public long Id { get; init; }

    public RecycledKind Kind { get; init; }

    /// <summary>An address, "@domain", or the name of a domain.</summary>
    public required string Name { get; init; }

    /// <summary>The domain it belongs to, or is.</summary>
    public long DomainId { get; init; }

    public MailDomain? Domain { get; init; }

    /// <summary>The row of the register that reserves the address; null for a domain, and where the address was released.</summary>
    public long? AddressId { get; init; }

    /// <summary>The id that the mailbox or the alias had, and has again once restored; null for a domain.</summary>
    public long? OwnerId { get; init; }

    /// <summary>The domain that took it along; null for what was deleted on its own.</summary>
    public long? ParentId { get; init; }

    public bool WasActive { get; init; }

    /// <summary>The directory of its mail below the mail root; null for all but mailboxes.</summary>
    public string? Home { get; init; }

    /// <summary>The mailbox's quota; null is none.</summary>
    public long? QuotaBytes { get; init; }

    /// <summary>What it stored when it was deleted, as Dovecot counts; of a domain: all its mailboxes.</summary>
    public long Bytes { get; init; }

    /// <summary>Mailboxes that a domain took along.</summary>
    public int MailboxCount { get; init; }

    /// <summary>Aliases that a domain took along, the catch-all included.</summary>
    public int AliasCount { get; init; }

    public DateTime DeletedAt { get; init; }

    /// <summary>The login of whoever deleted it.</summary>
    public required string DeletedBy { get; init; }
}

/// <summary>One row of another table, put away with a <see cref="RecycledItem"/>.</summary>
public sealed class RecycledRow
{
    public long Id { get; init; }

    public long ItemId { get; init; }

    public required string TableName { get; init; }

    /// <summary>JSON: column names and values.</summary>
    public required string Content { get; init; }
}
