using System.Globalization;
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

    /// <summary>Whoever is signed in and may have a second factor; whoever owes one, too, and nothing else is open to them.</summary>
    public const string SecondFactor = "SecondFactor";

    /// <summary>Whoever is signed in, whatever they owe: for the way out.</summary>
    public const string AnySession = "AnySession";

    private const string PasswordExpired = "password-expired";

    private const string OwesFactor = "owes-second-factor";

    private const string OwnersMay = "owners-may";

    // The roles are those of the account's row as it is now: SessionGuard makes the principal anew at every request.
    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Admin, policy => policy.RequireRole(nameof(AccountKind.Superadmin), nameof(AccountKind.DomainAdmin)).RequireAssertion(OwesNothing));
        options.AddPolicy(Superadmin, policy => policy.RequireRole(nameof(AccountKind.Superadmin)).RequireAssertion(OwesNothing));
        options.AddPolicy(Owner, policy => policy.RequireRole(nameof(AccountKind.MailboxOwner)).RequireAssertion(OwesNothing).RequireAssertion(context => !HasExpiredPassword(context.User)));
        options.AddPolicy(OwnerOfAnyPassword, policy => policy.RequireRole(nameof(AccountKind.MailboxOwner)));
        options.AddPolicy(SignedIn, policy => policy.RequireRole(Enum.GetNames<AccountKind>()).RequireAssertion(OwesNothing));
        options.AddPolicy(SecondFactor, policy => policy.RequireRole(Enum.GetNames<AccountKind>()).RequireAssertion(context => !context.User.IsInRole(nameof(AccountKind.MailboxOwner)) || May(context.User, OwnerRights.SecondFactor)));
        options.AddPolicy(AnySession, policy => policy.RequireRole(Enum.GetNames<AccountKind>()));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build();
    }

    /// <summary>Goes into the principal of this request.</summary>
    internal static ClaimsIdentity ExpiredPassword() => new([new Claim(PasswordExpired, "")]);

    /// <summary>Likewise: the rules ask for a second factor, and there is none yet.</summary>
    internal static ClaimsIdentity SecondFactorDue() => new([new Claim(OwesFactor, "")]);

    /// <summary>Likewise: what the domain of a mailbox owner lets owners do.</summary>
    internal static Claim Granted(OwnerRights rights) => new(OwnersMay, ((int)rights).ToString(CultureInfo.InvariantCulture));

    /// <param name="right">One bit.</param>
    public static bool May(ClaimsPrincipal owner, OwnerRights right) =>
        int.TryParse(owner.FindFirstValue(OwnersMay), NumberStyles.None, CultureInfo.InvariantCulture, out var rights) && ((OwnerRights)rights).HasFlag(right);

    internal static bool OwesSecondFactor(ClaimsPrincipal user) => user.HasClaim(OwesFactor, "");

    internal static bool HasExpiredPassword(ClaimsPrincipal user) => user.HasClaim(PasswordExpired, "");

    private static bool OwesNothing(AuthorizationHandlerContext context) => !OwesSecondFactor(context.User);
}
