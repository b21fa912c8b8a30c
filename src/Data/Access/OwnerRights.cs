namespace AdminPanel.Data.Access;

/// <summary>
/// What the owners of a domain's mailboxes do alone, in the panel. Stored as a number: a bit keeps its meaning for ever.
/// </summary>
[Flags]
public enum OwnerRights
{
    None = 0,

    /// <summary>Sign in to the panel; without it the others mean nothing.</summary>
    Panel = 1,

    /// <summary>Choose another password, knowing the old one.</summary>
    Password = 2,

    /// <summary>Replace a forgotten password by a link to a recovery address.</summary>
    Recovery = 4,

    /// <summary>Ask for more than the password at sign-in to the panel.</summary>
    SecondFactor = 8,

    /// <summary>Make a password for each mail program.</summary>
    AppPasswords = 16,

    /// <summary>Send mail on to addresses of the domains on this server.</summary>
    Forward = 32,

    /// <summary>Send mail on to any other address, too.</summary>
    ForwardOutside = 64,

    /// <summary>Answer mail while they are away.</summary>
    Vacation = 128,

    /// <summary>Sort mail by rules.</summary>
    Filters = 256,

    /// <summary>Make addresses of their own.</summary>
    Aliases = 512,

    /// <summary>Read how a mail program is set up; programs that ask by themselves are told.</summary>
    DeviceSetup = 1024,

    /// <summary>What a new domain grants: nothing that sends mail away from here, nothing that takes names.</summary>
    Usual = Panel | Password | Recovery | SecondFactor | AppPasswords | Forward | Vacation | Filters | DeviceSetup,

    All = Usual | ForwardOutside | Aliases,
}

/// <summary>The words for <see cref="OwnerRights"/> in forms, on the command line and in audit entries.</summary>
public static class OwnerRightWords
{
    /// <summary>One bit each, in the order people read them.</summary>
    public static IReadOnlyList<OwnerRights> Each { get; } =
    [
        OwnerRights.Panel, OwnerRights.Password, OwnerRights.Recovery, OwnerRights.SecondFactor, OwnerRights.AppPasswords, OwnerRights.DeviceSetup,
        OwnerRights.Vacation, OwnerRights.Filters, OwnerRights.Forward, OwnerRights.ForwardOutside, OwnerRights.Aliases,
    ];

    /// <param name="right">One bit.</param>
    public static string Word(OwnerRights right) => right switch
    {
        OwnerRights.SecondFactor => "second-factor",
        OwnerRights.AppPasswords => "app-passwords",
        OwnerRights.ForwardOutside => "forward-outside",
        OwnerRights.DeviceSetup => "device-setup",
        _ => right.ToString().ToLowerInvariant(),
    };

    public static IReadOnlyList<string> Words(this OwnerRights rights) => [.. Each.Where(r => rights.HasFlag(r)).Select(Word)];

    /// <summary>False for a word that is none.</summary>
    public static bool TryRead(string word, out OwnerRights right)
    {
        right = Each.FirstOrDefault(r => string.Equals(Word(r), word.Trim(), StringComparison.OrdinalIgnoreCase));
        return right != OwnerRights.None;
    }
}
