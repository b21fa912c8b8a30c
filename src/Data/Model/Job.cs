namespace AdminPanel.Data.Model;

/// <summary>What a job walks over.</summary>
public enum JobKind
{
    Mailboxes,
    Aliases,
}

/// <summary>What a job does to each of its things.</summary>
public enum JobAction
{
    Activate,
    Deactivate,

    /// <summary>Mailboxes only.</summary>
    SetQuota,

    /// <summary>Mailboxes only, as all that switch a protocol.</summary>
    AllowImap,
    DenyImap,
    AllowPop3,
    DenyPop3,
    AllowSmtp,
    DenySmtp,
    AllowSieve,
    DenySieve,
    Delete,

    /// <summary>Adds the mailboxes of an <see cref="MailboxImport"/>.</summary>
    Import,
}

public enum JobState
{
    Waiting,
    Running,
    Done,
    Cancelled,

    /// <summary>It cannot go on; <see cref="Job.Problem"/> says why. What it did stays done.</summary>
    Failed,
}

/// <summary>
/// Work that outlives a request. It walks its things in order of address, some at a time; each step changes them, writes
/// their audit entries and results, and moves the cursor in one transaction, so a job that was interrupted goes on
/// behind its last step. Who may step is decided by <see cref="Fence"/>: a worker that lost its lease changes nothing.
/// </summary>
public sealed class Job
{
    public long Id { get; init; }

    public JobKind Kind { get; init; }

    public JobAction Action { get; init; }

    /// <summary>Bytes for <see cref="JobAction.SetQuota"/>; null is no limit.</summary>
    public long? QuotaBytes { get; init; }

    /// <summary>JSON: the filter of the list that the targets were taken from; empty where they were ticked.</summary>
    public required string Selection { get; init; }

    /// <summary>Whose right it is done with, asked again at every step; null for the command line.</summary>
    public long? AccountId { get; init; }

    /// <summary>The actor's login when it was started.</summary>
    public required string Actor { get; init; }

    public string? Source { get; init; }

    /// <summary>Of the request that started it; its audit entries carry it, too.</summary>
    public required string RequestId { get; init; }

    public JobState State { get; set; }

    /// <summary>How many things there were when it was started.</summary>
    public int Total { get; init; }

    public int DoneCount { get; set; }

    /// <summary>Things that were left as they are; the results say why.</summary>
    public int RefusedCount { get; set; }

    /// <summary>The last address that was dealt with.</summary>
    public string? Cursor { get; set; }

    public bool IsCancelRequested { get; set; }

    /// <summary>Goes up each time a worker takes the job.</summary>
    public long Fence { get; set; }

    /// <summary>UTC by the database's clock: until then nobody else takes it.</summary>
    public DateTime? LeaseUntil { get; set; }

    public DateTime CreatedAt { get; init; }

    public DateTime? StartedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>A problem's code where it failed.</summary>
    public string? Problem { get; set; }
}

/// <summary>One thing that a job is about, written down when it starts; all of them go when it ends.</summary>
public sealed class JobTarget
{
    public long JobId { get; init; }

    /// <summary>From 1, in order of address.</summary>
    public int Number { get; init; }

    /// <summary>In the register. No foreign key: what is gone by its turn is told as gone.</summary>
    public long AddressId { get; init; }

    /// <summary>Its domain when the job started: its result is for whoever manages that.</summary>
    public long DomainId { get; init; }

    /// <summary>When the job started.</summary>
    public required string Address { get; init; }
}

/// <summary>What became of one thing of a job.</summary>
public sealed class JobResult
{
    public long JobId { get; init; }

    /// <summary>From 1, in the order of the work.</summary>
    public int Number { get; init; }

    public required string Subject { get; init; }

    /// <summary>Who manages this domain sees the result; null is for superadmins. No foreign key: a domain may be gone.</summary>
    public long? DomainId { get; init; }

    /// <summary>A problem's code; null where it was done.</summary>
    public string? Problem { get; init; }

    /// <summary>JSON: the values of the problem's sentence.</summary>
    public string? Arguments { get; init; }

    /// <summary>A password that the job made, encrypted with the key file, until it is shown or too old; null for most.</summary>
    public string? Secret { get; set; }
}
