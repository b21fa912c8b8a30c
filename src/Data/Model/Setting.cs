namespace AdminPanel.Data.Model;

/// <summary>One setting of the mail server, by its key. Which keys there are, their types and their defaults stand in the code that reads them.</summary>
public sealed class Setting
{
    public required string Key { get; init; }

    public required string Value { get; set; }

    public DateTime UpdatedAt { get; set; }
}
