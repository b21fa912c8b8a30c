using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Explain;

/// <summary>What becomes of mail for an address, as the panel's model says it.</summary>
/// <param name="Reply">What RCPT is answered: 250, 452, 550, 554.</param>
/// <param name="Silence">Why it is refused; None where it is taken.</param>
/// <param name="Steps">One for each address that is asked for, in the order in which Postfix asks.</param>
/// <param name="Endings">Where a message ends, each once.</param>
/// <param name="Outcome">What Postfix's expansion of the accepted address comes to.</param>
/// <param name="Senders">Logins of the mailboxes that may use the address as their sender.</param>
/// <param name="Sender">Whether one of them may; null where nobody was asked about.</param>
public sealed record Explanation(
    string Address, bool IsOutside, int Reply, Silence Silence, ExplainOutcome Outcome, IReadOnlyList<ExplainStep> Steps, IReadOnlyList<Ending> Endings, IReadOnlyList<SenderLogin> Senders,
    SenderAnswer? Sender = null)
{
    public bool IsTaken => Reply == 250;
}

/// <summary>How the expansion of an address ends.</summary>
public enum ExplainOutcome
{
    /// <summary>RCPT refuses it.</summary>
    Refused,

    /// <summary>Every copy has an end.</summary>
    Complete,

    /// <summary>It comes back to where it was: the message is taken and then hangs for days.</summary>
    Circle,

    /// <summary>More than Postfix makes of one address: the message is taken and then hangs for days.</summary>
    TooMany,
}

/// <summary>One address that the lookup tables are asked for.</summary>
/// <param name="Owner">Whose it is, with the row that says so; null where nobody has it, or where the actor may not know.</param>
/// <param name="Answers">What the tables answer.</param>
/// <param name="LeftOut">Destinations that cannot receive now, and why.</param>
/// <param name="Lookups">The questions behind it, as Postfix asks the database.</param>
public sealed record ExplainStep(
    string Address, DomainKind? DomainKind, string? TargetDomain, ExplainOwner? Owner, IReadOnlyList<string> Answers, IReadOnlyList<LeftOut> LeftOut, Silence Silence, IReadOnlyList<Lookup> Lookups);

/// <param name="Id">Of its row in addresses.</param>
public sealed record ExplainOwner(long Id, string Address, AddressKind Kind, OwnerWay Way, AddressState State, bool IsInternal, bool IsGroup, bool KeepsCopy);

public sealed record LeftOut(string Address, Silence Why);

/// <param name="Answers">As the model says, not as the table was asked.</param>
/// <param name="Sql">The statement that Postfix sends; null for the many steps of a large expansion.</param>
public sealed record Lookup(string Table, string Key, IReadOnlyList<string> Answers, string? Sql);

/// <summary>Where a message ends.</summary>
public enum EndingKind
{
    /// <summary>In a mailbox here.</summary>
    Mailbox,

    /// <summary>In none, since the mailbox is full: the message waits, and goes back after days.</summary>
    FullMailbox,

    /// <summary>At the next hop of a relay domain.</summary>
    NextHop,

    /// <summary>At the hosts that DNS names for its domain.</summary>
    Elsewhere,

    /// <summary>Nowhere: it is taken and then sent back.</summary>
    Bounce,
}

/// <param name="Home">Of a mailbox, below the mail root.</param>
/// <param name="NextHop">Null where DNS says it.</param>
public sealed record Ending(EndingKind Kind, string Address, string? Home = null, long UsedBytes = 0, long? QuotaBytes = null, string? NextHop = null);

/// <summary>Why somebody may send as an address.</summary>
public enum SenderRight
{
    Owner,
    Destination,
    Grant,
    DomainGrant,
}

public sealed record SenderLogin(string Login, SenderRight Right);

/// <summary>Why a mailbox may not send as an address.</summary>
public enum SenderRefusal
{
    None,

    /// <summary>There is no such mailbox for the actor.</summary>
    NoMailbox,
    MailboxInactive,
    SubmissionOff,
    DomainElsewhere,
    DomainInactive,
    AddressInactive,

    /// <summary>Nobody has the address: it takes a grant, and a catch-all is none.</summary>
    NobodysAddress,
    AnotherMailbox,
    NotADestination,
    OneOfSeveral,
    Group,
}

/// <summary>Whether a mailbox may use an address as its sender.</summary>
/// <param name="Refusal">Why not; None where it may.</param>
public sealed record SenderAnswer(string Login, SenderRefusal Refusal);
