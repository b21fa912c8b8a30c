namespace AdminPanel.Data.Model;

/// <summary>
/// A link of the chain that shows whether audit entries were changed afterwards: some entries' digests, bound to the seal
/// before. Inserted some seconds after the entries, in a transaction of its own; never updated. <see cref="AuditChain"/>
/// says what the digests are made of.
/// </summary>
public sealed class AuditSeal
{
    /// <summary>From 1 without a gap. As the primary key it lets one panel alone add the next seal.</summary>
    public long Number { get; init; }

    /// <summary>UTC.</summary>
    public DateTime SealedAt { get; init; }

    /// <summary>The highest entry id of this and all earlier seals.</summary>
    public long SealedTo { get; init; }

    /// <summary>The lowest entry id in this one. Lower than what was sealed before where a transaction committed late.</summary>
    public long FirstId { get; init; }

    /// <summary>How many entries it holds.</summary>
    public int EntryCount { get; init; }

    /// <summary>Its entries by id, as <see cref="SealedEntry"/> packs them.</summary>
    public required byte[] Entries { get; init; }

    /// <summary>Digest of the seal before; <see cref="AuditChain.Beginning"/> for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 over all of the above, in hex.</summary>
    public string Digest { get; set; } = "";

    /// <summary>Made of the digest with a key that is not in the database.</summary>
    public string Mark { get; set; } = "";
}
