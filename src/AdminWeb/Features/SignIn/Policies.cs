using System.Security.Claims;
using AdminPanel.Data.Access;
using Microsoft.AspNetCore.Authorization;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Who may open a page. Every page names one of these or allows anonymous visitors; a page that forgets is closed to all.</summary>
public static class Policies
{
    /// <summary>Superadmins and domain admins.</summary>
    public const string Admin = "Admin";

    /// <summary>Superadmins alone.</summary>
    public const string Superadmin = "Superadmin";

    /// <summary>Mailbox owners, for what is theirs; with a password that is too old they change it first.</summary>
    public const string Owner = "Owner";

    /// <summary>Mailbox owners, with a password that is too old as well: for the page that changes it.</summary>
    public const string OwnerOfAnyPassword = "OwnerOfAnyPassword";

    /// <summary>Whoever is signed in, whatever for.</summary>
    public const string SignedIn = "SignedIn";

    private const string PasswordExpired = "password-expired";

    // The roles are those of the account's row as it is now: SessionGuard makes the principal anew at every request.
    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Admin, policy => policy.RequireRole(nameof(AccountKind.Superadmin), nameof(AccountKind.DomainAdmin)));
        options.AddPolicy(Superadmin, policy => policy.RequireRole(nameof(AccountKind.Superadmin)));
        options.AddPolicy(Owner, policy => policy.RequireRole(nameof(AccountKind.MailboxOwner)).RequireAssertion(context => !HasExpiredPassword(context.User)));
        options.AddPolicy(OwnerOfAnyPassword, policy => policy.RequireRole(nameof(AccountKind.MailboxOwner)));
        options.AddPolicy(SignedIn, policy => policy.RequireRole(Enum.GetNames<AccountKind>()));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build();
    }

    /// <summary>Goes into the principal of this request.</summary>
    internal static ClaimsIdentity ExpiredPassword() => new([new Claim(PasswordExpired, "")]);

    internal static bool HasExpiredPassword(ClaimsPrincipal user) => user.HasClaim(PasswordExpired, "");
}
