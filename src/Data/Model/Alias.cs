namespace AdminPanel.Data.Model;

/// <summary>An address whose mail goes to one or more destinations; with kind <see cref="AddressKind.CatchAll"/>, a domain's catch-all.</summary>
public sealed class Alias : IVersioned
{
    public long Id { get; init; }

    public long AddressId { get; set; }

    /// <summary><see cref="AddressKind.Alias"/> or <see cref="AddressKind.CatchAll"/>; half of the foreign key to the register.</summary>
    public AddressKind Kind { get; init; } = AddressKind.Alias;

    /// <summary>Its address, domain, state and destinations.</summary>
    public AddressEntry? Entry { get; set; }

    /// <summary>True: a superadmin had it made as one of the addresses that every domain must have, and only a superadmin changes it.</summary>
    public bool IsRole { get; set; }

    /// <summary>
    /// The register's number of the mailbox whose owner made it; null for what admins make. No foreign key: the mailbox may be
    /// in the recycle bin, or gone for good, and the alias stays as it is.
    /// </summary>
    public long? OwnerAddressId { get; init; }

    /// <summary>A note for admins; on what a mailbox owner made, the owner's.</summary>
    public string? Comment { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }
}
