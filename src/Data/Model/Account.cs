using AdminPanel.Data.Access;

namespace AdminPanel.Data.Model;

/// <summary>Somebody who signs in to the panel.</summary>
public sealed class Account : IVersioned
{
    public long Id { get; init; }

    /// <summary>NFC, lower case, unique. Null for a mailbox owner, who signs in with the mailbox's address.</summary>
    public string? Login { get; set; }

    public AccountKind Kind { get; set; }

    /// <summary>With its scheme in front. Null for a mailbox owner, whose hash is the mailbox's: what Dovecot takes, the panel takes.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>The mailbox that a mailbox owner owns; null for everybody else. The account goes and comes back with it.</summary>
    public long? MailboxId { get; set; }

    public Mailbox? Mailbox { get; set; }

    /// <summary>The hash that signs in: its own, or the mailbox's, which is loaded then.</summary>
    public string SignInHash => PasswordHash ?? Mailbox!.PasswordHash;

    /// <summary>What somebody is called and signs in with: the login, or the address of the mailbox, which is loaded then.</summary>
    public string Name => Login ?? Mailbox!.Entry!.Address;

    /// <summary>Changes with every credential; a cookie with an older one is refused at the next request.</summary>
    public required string SecurityStamp { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>A domain admin may add domains while fewer than this many are assigned; null: may add none. A superadmin needs none.</summary>
    public int? DomainLimit { get; set; }

    /// <summary>The language that the panel speaks to it: "de"; null is what the browser says.</summary>
    public string? Language { get; set; }

    /// <summary>Whether a mailbox owner is told by mail when somebody signs in from a network that was not seen before.</summary>
    public bool TellsOfNewNetworks { get; set; }

    public DateTime? LastSignInAt { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    public List<DomainAdmin> Domains { get; } = [];
}
