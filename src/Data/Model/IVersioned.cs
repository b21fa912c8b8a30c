namespace AdminPanel.Data.Model;

/// <summary>
/// A row that people edit. <see cref="Version"/> is its concurrency token: <see cref="AdminDb"/> adds one at every
/// change, and a bulk update must do so itself.
/// </summary>
public interface IVersioned
{
    long Version { get; set; }

    DateTime CreatedAt { get; set; }

    DateTime UpdatedAt { get; set; }
}
