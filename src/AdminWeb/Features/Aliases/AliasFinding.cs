using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>What becomes of the mail, worst first.</summary>
public enum AliasFault
{
    /// <summary>Accepted, and deferred for days: it comes back to where it was.</summary>
    Circle,

    /// <summary>Accepted, and deferred for days: it ends at more addresses than Postfix makes of one.</summary>
    TooMany,

    /// <summary>Accepted, and bounced: further down than the lookup tables look ahead it ends at an address that cannot receive.</summary>
    Bounces,

    /// <summary>Accepted, and sent where DNS says: it ends in a relay domain, and the mail server is not told to serve those.</summary>
    Unserved,

    /// <summary>Refused: none of its destinations can receive.</summary>
    Refused,

    /// <summary>One destination gets nothing, others do.</summary>
    LeftOut,

    /// <summary>An address of its own in an alias domain takes the mail of the same one in the target domain.</summary>
    Hidden,

    /// <summary>A mailbox that forwards without a copy: nothing is stored. Often wanted, so no fault.</summary>
    StoresNothing,

    /// <summary>A group that is delivered to, and that a few more mailboxes make too large.</summary>
    NearLimit,
}

/// <summary>Why the last address of a way gets nothing.</summary>
public enum AliasCause
{
    NobodyHasIt,
    Inactive,
    Scheduled,
    Expired,
    DomainTakesNothing,
    RelayUnserved,

    /// <summary>In the recycle bin, like the next: it can be restored, or purged for good.</summary>
    Recycled,
    DomainRecycled,
    NoDestinations,
    Circle,

    /// <summary>It is outside the actor's scope: why is not the actor's to know.</summary>
    Elsewhere,
    TooMany,
    Hides,
    KeepsNoCopy,
    NoMembers,
    GroupTooLarge,
    GroupGrows,
}

/// <summary>One line of the report.</summary>
/// <param name="Way">From the address to where it goes wrong, both included. Null stands for what the actor may not see.</param>
/// <param name="Count">How many such ways the address has; for <see cref="AliasFault.TooMany"/> and <see cref="AliasFault.NearLimit"/> how many addresses it reaches.</param>
public sealed record AliasFinding(AliasFault Fault, string Address, AddressKind Kind, IReadOnlyList<string?> Way, AliasCause Cause, int Count = 1)
{
    /// <summary>False for what is only worth knowing.</summary>
    public bool IsFault => Fault is not (AliasFault.StoresNothing or AliasFault.NearLimit);
}
