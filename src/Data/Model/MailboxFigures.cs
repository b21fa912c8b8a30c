namespace AdminPanel.Data.Model;

/// <summary>
/// What lists of mailboxes are ordered and filtered by and no index of the facts themselves can serve, counted every few
/// minutes (<see cref="FigureCount"/>). Keys, not facts: what a page shows is read where it stands, so a row is
/// at most in an old place. Dovecot's tables keep to what Dovecot writes, and a delivery moves no index entry here.
/// </summary>
public sealed class MailboxFigures
{
    /// <summary>From here on a mailbox is nearly full.</summary>
    public const int NearlyFull = 900;

    /// <summary>The register's row of the mailbox.</summary>
    public long AddressId { get; init; }

    /// <summary>Its domain, so that an index orders the mailboxes of one.</summary>
    public long DomainId { get; set; }

    /// <summary>Thousandths of the quota that are used; 0 without a quota.</summary>
    public long Fullness { get; init; }

    /// <summary>The last sign-in over IMAP or POP3 in seconds since 1970, UTC. 0 is never: an order has no gaps.</summary>
    public long LastSignIn { get; init; }

    /// <summary>UTC. When its password no longer signs in, by its domain's rule; null is never.</summary>
    public DateTime? PasswordExpiresAt { get; init; }
}
