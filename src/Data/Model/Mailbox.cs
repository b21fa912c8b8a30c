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

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }
}
