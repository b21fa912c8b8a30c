using AdminPanel.Data.Access;

namespace AdminPanel.Data.Model;

/// <summary>What is asked of everybody of a kind. A kind without a row is asked for nothing.</summary>
public sealed class RoleRule
{
    public AccountKind Kind { get; init; }

    /// <summary>Whoever has no second factor sets one up before anything else.</summary>
    public bool NeedsSecondFactor { get; set; }
}
