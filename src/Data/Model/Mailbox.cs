namespace AdminPanel.Data.Model;

/// <summary>An account that stores mail.</summary>
public sealed class Mailbox : IVersioned
{
    public long Id { get; init; }

    public long AddressId { get; set; }

    /// <summary>Always <see cref="AddressKind.Mailbox"/>; half of the foreign key to the register.</summary>
    public AddressKind Kind { get; init; } = AddressKind.Mailbox;

    /// <summary>Its address, domain, state and forwards.</summary>
    public AddressEntry? Entry { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>With its scheme in front: {ARGON2ID}$argon2id$...</summary>
    public required string PasswordHash { get; set; }

    public DateTime PasswordChangedAt { get; set; }

    /// <summary>
    /// Directory of its mail below the mail root, made from a random id and never changed: a re-created address gets
    /// another home and never reads its predecessor's mail.
    /// </summary>
    public required string Home { get; init; }

    /// <summary>Bytes it may store; null is no limit.</summary>
    public long? QuotaBytes { get; set; }

    /// <summary>Whether mail is also kept here when the mailbox forwards. True where it does not forward.</summary>
    public bool KeepsCopy { get; set; } = true;

    /// <summary>Whether its owner may read mail over IMAP.</summary>
    public bool AllowsImap { get; set; } = true;

    /// <summary>Whether its owner may fetch mail over POP3.</summary>
    public bool AllowsPop3 { get; set; } = true;

    /// <summary>Whether its owner may send mail: sign in to submission.</summary>
    public bool AllowsSmtp { get; set; } = true;

    /// <summary>Whether its owner may manage sieve scripts over ManageSieve. Scripts run all the same.</summary>
    public bool AllowsSieve { get; set; } = true;

    /// <summary>
    /// The only networks that its owner may sign in from, as Dovecot reads them: <see cref="ClientNetwork"/>s, in order,
    /// separated by commas. Null is everywhere.
    /// </summary>
    public string? AllowedNetworks { get; set; }

    /// <summary>
    /// Whether mail programs are let in with an <see cref="AppPassword"/> alone: while the owner has a second factor, which
    /// they cannot ask for.
    /// </summary>
    public bool AppPasswordsOnly { get; set; }

    /// <summary>Points of the spam filter from which its mail goes to Junk; 0: none does; null: what the server says.</summary>
    public int? SpamFrom { get; set; }

    /// <summary>An address elsewhere through which the owner gets back in after losing the password; null where there is none.</summary>
    public string? RecoveryAddress { get; set; }

    /// <summary>The recovery address whose mail the owner was seen to read; another one must be confirmed before it is good for anything.</summary>
    public string? ConfirmedRecoveryAddress { get; set; }

    /// <summary>Where the panel writes to about this mailbox besides itself: the recovery address, if it is confirmed.</summary>
    public string? GoodRecoveryAddress => RecoveryAddress == ConfirmedRecoveryAddress ? RecoveryAddress : null;

    /// <summary>Null where none was ever written.</summary>
    public Vacation? Vacation { get; set; }

    /// <summary>What its mail is sorted by.</summary>
    public List<MailboxFilter> Filters { get; } = [];

    /// <summary>Null where the panel keeps none.</summary>
    public MailboxScript? Script { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }
}
