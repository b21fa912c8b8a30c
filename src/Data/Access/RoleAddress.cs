using AdminPanel.Data.Model;

namespace AdminPanel.Data.Access;

/// <summary>
/// The addresses under which strangers expect to reach whoever runs a domain: postmaster of every domain that takes
/// mail (RFC 5321 section 4.5.1), abuse, hostmaster and webmaster of one with such services (RFC 2142 sections 2, 4, 5).
/// </summary>
public static class RoleAddress
{
    /// <summary>Local parts, in the order people read them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["postmaster", "abuse", "hostmaster", "webmaster"];

    /// <summary>Why the actor may not change, stop or delete the alias; null where it may.</summary>
    /// <param name="alias">With its address.</param>
    public static Problem? ProtectionFrom(this Alias alias, Actor actor) =>
        alias.IsRole && !actor.IsSuperadmin ? new Problem("", "RoleAddressProtected", alias.Entry!.Address) : null;
}
