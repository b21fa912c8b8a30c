namespace AdminPanel.Data.Model;

/// <summary>What a DKIM key is doing. A key goes through these in order, so that no signature is ever made that nobody can check.</summary>
public enum DkimKeyState
{
    /// <summary>Signs nothing until its record has been seen at all name servers of the domain.</summary>
    Waiting,

    /// <summary>Signs, beside one of the other algorithm.</summary>
    Active,

    /// <summary>Signs no more; its record must stay while mail that it has signed is under way.</summary>
    Retiring,

    /// <summary>Its record may go.</summary>
    Retired,
}

/// <summary>A DKIM key of a hosted or alias domain (RFC 6376).</summary>
public sealed class DkimKey : IVersioned
{
    /// <summary>Of a selector, in octets. The standard allows more, but forms of registrars do not.</summary>
    public const int MaxSelector = 63;

    /// <summary>
    /// How long the record stays after the last signature: a message may wait in a queue for five days (postconf(5),
    /// maximal_queue_lifetime), and its receiver may check it late.
    /// </summary>
    public static readonly TimeSpan Retirement = TimeSpan.FromDays(7);

    public long Id { get; init; }

    public long DomainId { get; init; }

    public MailDomain? Domain { get; init; }

    /// <summary>One or more DNS labels in lower case, one of its kind in the domain.</summary>
    public required string Selector { get; init; }

    public DkimAlgorithm Algorithm { get; init; }

    /// <summary>Length of an RSA modulus; null for Ed25519, which has one length.</summary>
    public int? Bits { get; init; }

    /// <summary>What the record says after "p=": base64 of an RSA SubjectPublicKeyInfo, or of the 32 octets of an Ed25519 key.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Base64, sealed to root's key: only an apply can open it.</summary>
    public required string SealedPrivateKey { get; init; }

    public DkimKeyState State { get; set; }

    /// <summary>When the right record was last seen at all name servers of the domain; null: never yet.</summary>
    public DateTime? SeenAt { get; set; }

    /// <summary>When the record was last looked for; null: never.</summary>
    public DateTime? CheckedAt { get; set; }

    /// <summary>What each name server said at the last look, as JSON; null: nobody has looked.</summary>
    public string? Sightings { get; set; }

    /// <summary>Whether the last look found the right record everywhere.</summary>
    public bool IsSeen => SeenAt is not null && SeenAt == CheckedAt;

    /// <summary>When it began to sign; null: never.</summary>
    public DateTime? ActiveSince { get; set; }

    /// <summary>When it ceased to sign; null while it may.</summary>
    public DateTime? RetiringSince { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }
}
