namespace AdminPanel.Data.Model;

/// <summary>A word that domains are sorted by: a customer, a tariff, a place.</summary>
public sealed class DomainTag
{
    public long DomainId { get; init; }

    /// <summary>In normal form: <see cref="TagList"/>.</summary>
    public required string Name { get; init; }
}
