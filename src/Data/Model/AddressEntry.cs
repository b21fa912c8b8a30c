namespace AdminPanel.Data.Model;

/// <summary>What owns an address.</summary>
public enum AddressKind
{
    Mailbox,
    Alias,

    /// <summary>Everything in the domain that nobody owns: its address is "@domain", which no lookup key equals.</summary>
    CatchAll,

    /// <summary>A recipient of a relay domain: its mail goes on to the domain's next hop. It has no row but this one.</summary>
    RelayRecipient,

    /// <summary>
    /// What owned the address is in the recycle bin. It is never active and has nothing but this row, so every lookup
    /// table refuses its mail and none gives it to a catch-all.
    /// </summary>
    Recycled,
}

/// <summary>
/// The register of all addresses: one row, one owner, whoever was first. Mailboxes and aliases refer to it by
/// (id, kind), so the database itself refuses a mailbox and an alias with the same address. Every lookup table
/// starts here.
/// </summary>
public sealed class AddressEntry
{
    public long Id { get; init; }

    /// <summary>local-part@domain in normal form, or "@domain" for a catch-all. Unique.</summary>
    public required string Address { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    public AddressKind Kind { get; init; }

    /// <summary>False: mail to it is refused, and a mailbox cannot sign in. It never falls to a catch-all.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>True: mail to it is taken from people who have signed in and from this host, and from nobody else.</summary>
    public bool IsInternal { get; set; }

    /// <summary>True for an alias whose local destinations may use its address as their sender, each of them.</summary>
    public bool MembersMaySend { get; set; }

    /// <summary>True for an alias without destinations of its own: its mail goes to every mailbox of its domain that is active at that moment.</summary>
    public bool IsGroup { get; init; }

    /// <summary>UTC. Before this moment the address is as good as inactive; null is no such moment.</summary>
    public DateTime? ActiveFrom { get; set; }

    /// <summary>UTC. From this moment on the address is as good as inactive; null is never. Later than <see cref="ActiveFrom"/>.</summary>
    public DateTime? ActiveUntil { get; set; }

    /// <summary>Where an alias, a catch-all or a forwarding mailbox sends its mail.</summary>
    public List<Destination> Destinations { get; } = [];

    public Mailbox? Mailbox { get; set; }

    public Alias? Alias { get; set; }

    /// <summary>Of a mailbox.</summary>
    public MailboxFigures? Figures { get; set; }
}
