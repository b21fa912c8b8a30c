namespace AdminPanel.Data.Model;

/// <summary>One destination of an alias, a catch-all or a forwarding mailbox. A row each, so "who forwards to X" is an index lookup.</summary>
public sealed class Destination
{
    public long AddressId { get; set; }

    public AddressEntry? Entry { get; set; }

    /// <summary>local-part@domain in normal form.</summary>
    public required string Address { get; init; }

    /// <summary>Its local part, and <see cref="DomainName"/> its domain: the lookup tables ask both whether a local destination can receive.</summary>
    public required string LocalPart { get; init; }

    public required string DomainName { get; init; }
}
