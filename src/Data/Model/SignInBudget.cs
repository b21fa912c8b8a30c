namespace AdminPanel.Data.Model;

/// <summary>How many sign-ins failed for one bucket (an account from a network, or a network) since its window began.</summary>
public sealed class SignInBudget
{
    /// <summary>A digest of what is counted: no login that somebody mistyped is kept in clear.</summary>
    public required string Bucket { get; init; }

    public DateTime WindowStart { get; set; }

    public int Failures { get; set; }
}
