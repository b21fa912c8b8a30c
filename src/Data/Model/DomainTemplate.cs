namespace AdminPanel.Data.Model;

/// <summary>A form filled in beforehand, for new domains to start from. A domain keeps no tie to it.</summary>
public sealed class DomainTemplate : IVersioned
{
    public long Id { get; init; }

    /// <summary>Unique, however it is capitalized.</summary>
    public required string Name { get; set; }

    /// <summary>What the form holds, as JSON: it is read as a whole and asked for by no query.</summary>
    public required string Form { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }
}
