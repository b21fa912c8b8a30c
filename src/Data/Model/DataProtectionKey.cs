namespace AdminPanel.Data.Model;

/// <summary>A key ring entry of ASP.NET Core's data protection, its XML already encrypted with a key that is not in the database.</summary>
public sealed class DataProtectionKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }

    public DateTime CreatedAt { get; init; }
}
