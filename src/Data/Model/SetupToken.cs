namespace AdminPanel.Data.Model;

/// <summary>The one-time link that creates the first superadmin, as the SHA-256 of its high-entropy value.</summary>
public sealed class SetupToken
{
    public required string Digest { get; init; }

    public DateTime ExpiresAt { get; init; }
}
