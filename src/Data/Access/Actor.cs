namespace AdminPanel.Data.Access;

/// <summary>What somebody is. Superadmin: everything. Domain admin: the assigned domains. Mailbox owner: the own mailbox, and nothing of the admins'.</summary>
public enum AccountKind
{
    Superadmin,
    DomainAdmin,
    MailboxOwner,
}

/// <summary>
/// Who acts, and from where: goes into every operation, every scope and every audit entry.
/// <paramref name="AccountId"/> is null for the command line, whose right is that of the shell it runs in.
/// </summary>
public sealed record Actor(long? AccountId, string Login, AccountKind Kind, string? Source, string RequestId)
{
    public bool IsSuperadmin => Kind == AccountKind.Superadmin;

    /// <summary>The mailbox that is the actor's own; null for whoever is no mailbox owner.</summary>
    public long? MailboxId { get; init; }

    /// <summary>The panel itself, where it does what nobody needs to ask for.</summary>
    public static Actor Panel(string requestId) => new(null, "panel", AccountKind.Superadmin, null, requestId);

    /// <summary>The command line: trusted as whoever may read the configuration with the database password.</summary>
    public static Actor CommandLine(string requestId) =>
        new(null, $"cli:{Environment.UserName}", AccountKind.Superadmin, null, requestId);
}
