using AdminPanel.Data.Access;

namespace AdminPanel.Data.Model;

/// <summary>Somebody who signs in to the panel.</summary>
public sealed class Account : IVersioned
{
    public long Id { get; init; }

    /// <summary>NFC, lower case, unique.</summary>
    public required string Login { get; set; }

    public AccountKind Kind { get; set; }

    /// <summary>With its scheme in front.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Changes with every credential; a cookie with an older one is refused at the next request.</summary>
    public required string SecurityStamp { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>A domain admin may add domains while fewer than this many are assigned; null: may add none. A superadmin needs none.</summary>
    public int? DomainLimit { get; set; }

    /// <summary>The language that the panel speaks to it: "de"; null is what the browser says.</summary>
    public string? Language { get; set; }

    public DateTime? LastSignInAt { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    public List<DomainAdmin> Domains { get; } = [];
}
