namespace AdminPanel.Data.Model;

/// <summary>One change, who made it and from where. Inserted in the transaction that makes the change; never updated.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    public long? AccountId { get; init; }

    /// <summary>The actor's login at that time: an entry outlives the account.</summary>
    public required string Actor { get; init; }

    /// <summary>The address the request came from; null on the command line.</summary>
    public string? Source { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Object and verb: "mailbox.create".</summary>
    public required string Action { get; init; }

    /// <summary>What was changed, by the name people use: an address, a domain, a login.</summary>
    public required string Subject { get; init; }

    /// <summary>The domain it belongs to, for scoping; null where there is none. Not a foreign key: an entry outlives the domain.</summary>
    public long? DomainId { get; init; }

    /// <summary>JSON of what changed, before and after; never a password or a hash.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }
}
