namespace AdminPanel.Data.Access;

/// <summary>
/// What a domain admin may do in one assigned domain; a superadmin may all of it everywhere. What is not here, such as
/// deleting the domain, is a superadmin's alone. Stored as a number: a bit keeps its meaning for ever.
/// </summary>
[Flags]
public enum DomainPermissions
{
    /// <summary>Sees the domain itself, and nothing in it.</summary>
    None = 0,

    /// <summary>Adds, changes and deletes mailboxes, within the domain's limits.</summary>
    Mailboxes = 1,

    /// <summary>Adds, changes and deletes aliases and the catch-all, within the domain's limits.</summary>
    Aliases = 2,

    /// <summary>Changes the domain's own limits and its description.</summary>
    Limits = 4,

    /// <summary>Gives mailboxes another password.</summary>
    Passwords = 8,

    /// <summary>Manages DKIM keys and DNS records.</summary>
    Dns = 16,

    /// <summary>Sees who changed what in the domain.</summary>
    Logs = 32,

    /// <summary>What a newly assigned domain admin may.</summary>
    Usual = Mailboxes | Aliases | Passwords | Logs,

    All = Usual | Limits | Dns,
}

/// <summary>The words for <see cref="DomainPermissions"/> in forms, on the command line and in audit entries.</summary>
public static class DomainPermissionWords
{
    /// <summary>One bit each, in the order people read them.</summary>
    public static IReadOnlyList<DomainPermissions> Each { get; } =
        [DomainPermissions.Mailboxes, DomainPermissions.Aliases, DomainPermissions.Passwords, DomainPermissions.Limits, DomainPermissions.Dns, DomainPermissions.Logs];

    /// <param name="permission">One bit.</param>
    public static string Word(DomainPermissions permission) => permission.ToString().ToLowerInvariant();

    public static IReadOnlyList<string> Words(this DomainPermissions permissions) => [.. Each.Where(p => permissions.HasFlag(p)).Select(Word)];

    /// <summary>False for a word that is none.</summary>
    public static bool TryRead(string word, out DomainPermissions permission)
    {
        permission = Each.FirstOrDefault(p => string.Equals(Word(p), word.Trim(), StringComparison.OrdinalIgnoreCase));
        return permission != DomainPermissions.None;
    }
}
