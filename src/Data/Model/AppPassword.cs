namespace AdminPanel.Data.Model;

/// <summary>
/// A password that the panel made for one mail program of a mailbox. It opens IMAP, POP3, ManageSieve and submission as
/// far as the mailbox does, and not the panel. It is random and long, so a fast digest keeps it (118 bits); Dovecot finds
/// it by that digest, and never puts the password itself into a query.
/// </summary>
public sealed class AppPassword
{
    /// <summary>Of one mailbox: nobody keeps an eye on more.</summary>
    public const int Most = 50;

    public const int MaxName = 100;

    public long Id { get; init; }

    public long MailboxId { get; init; }

    public Mailbox? Mailbox { get; init; }

    /// <summary>What its owner calls the program or the device.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the password in UTF-8: 64 hexadecimal digits, small ones.</summary>
    public required string Digest { get; init; }

    public bool AllowsImap { get; init; }

    public bool AllowsPop3 { get; init; }

    /// <summary>Submission.</summary>
    public bool AllowsSmtp { get; init; }

    /// <summary>ManageSieve.</summary>
    public bool AllowsSieve { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>From then on it opens nothing; null is never.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>When Dovecot last reported a sign-in with it; null is never.</summary>
    public DateTime? LastUsedAt { get; init; }

    /// <summary>As in <see cref="MailboxSignIn.Service"/>.</summary>
    public string? LastUsedService { get; init; }

    /// <summary>As in <see cref="MailboxSignIn.RemoteAddress"/>.</summary>
    public string? LastUsedFrom { get; init; }
}
