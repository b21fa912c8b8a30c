namespace AdminPanel.Web.Features.Audit.Seals;

/// <summary>What is wrong with the audit.</summary>
public enum AuditFault
{
    /// <summary>An entry is not what was sealed.</summary>
    EntryChanged,

    /// <summary>An entry that was sealed is not there.</summary>
    EntryDeleted,

    /// <summary>An entry stands among sealed ones, and was not there when they were sealed.</summary>
    EntryInserted,

    /// <summary>A seal is missing, or stands in another's place.</summary>
    SealMissing,

    /// <summary>A seal is not what its digest says.</summary>
    SealChanged,

    /// <summary>A seal that was not made with the key file.</summary>
    SealForged,

    /// <summary>The key that a seal names is not in the key file.</summary>
    SealKeyUnknown,

    /// <summary>No seal has the digest that was kept elsewhere.</summary>
    DigestMissing,
}

/// <summary>The first thing that is wrong.</summary>
/// <param name="Seal">Number of the seal at which it was seen; null where it is none.</param>
/// <param name="Entry">Id of the entry; null where it is none.</param>
public sealed record AuditBreak(AuditFault Fault, long? Seal = null, long? Entry = null);

/// <summary>What was compared with the chain, and what came of it.</summary>
public sealed record AuditVerification
{
    /// <summary>Null where every sealed entry is what it was.</summary>
    public AuditBreak? Break { get; init; }

    public long Seals { get; init; }

    /// <summary>Entries that are what was sealed.</summary>
    public long Entries { get; init; }

    /// <summary>Of those, how many were committed after entries with higher ids had been sealed.</summary>
    public long Late { get; init; }

    /// <summary>Entries that no seal holds yet: nothing is known about them.</summary>
    public long Unsealed { get; init; }

    /// <summary>Of the last seal that was seen; null where there is none.</summary>
    public string? Digest { get; init; }

    public long? SealedTo { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? SealedAt { get; init; }

    /// <summary>False where the key file could not be read.</summary>
    public bool IsKeyed { get; init; }
}
