using AdminPanel.Data.Access;
using Microsoft.AspNetCore.Authorization;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Who may open a page. Every page names one of these or allows anonymous visitors; a page that forgets is closed to all.</summary>
public static class Policies
{
    /// <summary>Superadmins and domain admins: whoever is signed in.</summary>
    public const string Admin = "Admin";

    /// <summary>Superadmins alone.</summary>
    public const string Superadmin = "Superadmin";

    // The roles are those of the account's row as it is now: SessionGuard makes the principal anew at every request.
    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Admin, policy => policy.RequireRole(nameof(AccountKind.Superadmin), nameof(AccountKind.DomainAdmin)));
        options.AddPolicy(Superadmin, policy => policy.RequireRole(nameof(AccountKind.Superadmin)));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build();
    }
}
