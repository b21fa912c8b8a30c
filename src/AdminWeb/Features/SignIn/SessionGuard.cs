using System.Globalization;
using System.Security.Claims;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// Asks the database at every request whether the cookie still stands: its session is there and within its limit, the
/// account is there and may enter, and its security stamp is the cookie's. What the account is comes from its row, not
/// from the cookie.
/// </summary>
internal sealed class SessionGuard(TimeProvider clock) : CookieAuthenticationEvents
{
    private const string SessionKey = "session";

    // A cookie that is written again, after a change of the password say, names the same session.
    public override async Task SigningIn(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var id = await http.RequestServices.GetRequiredService<PanelSessions>().KeepAsync(
            UserId(context.Principal)!, SessionOf(context.Properties), http.Visitor().Source, http.Request.Headers.UserAgent.ToString() is { Length: > 0 } browser ? browser : null, http.RequestAborted);
        context.Properties.Items[SessionKey] = id.ToString(CultureInfo.InvariantCulture);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // An error page is shown to anybody, and must not ask the database that may be the error.
        if (http.Features.Get<IExceptionHandlerFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            context.RejectPrincipal();
            return;
        }
        if (await FindAsync(context) is not { Account: var account, Session: { } session } found)
        {
            context.RejectPrincipal();
            await http.SignOutAsync(context.Scheme.Name);
            return;
        }
        http.SetSignedIn(account, session.Id);
        Language.SetOfAccount(http, account.Language);
        var principal = await http.RequestServices.GetRequiredService<SignInManager<Account>>().CreateUserPrincipalAsync(account);
        if (MailboxOwners.HasExpiredPassword(account, Now)) principal.AddIdentity(Policies.ExpiredPassword());
        if (found.OwesSecondFactor) principal.AddIdentity(Policies.SecondFactorDue());
        context.ReplacePrincipal(principal);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<FoundSession?> FindAsync(CookieValidatePrincipalContext context)
    {
        // Not in the constructor: a request without a cookie needs no unit of work.
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        if (SessionOf(context.Properties) is not { } number || UserId(context.Principal) is not { } userId) return null;

        var (sessions, source) = (services.GetRequiredService<PanelSessions>(), http.Visitor().Source);
        if (await sessions.FindAsync(userId, number, http.RequestAborted) is not { Session: { } session } found || !sessions.IsWithinLimit(session)) return null;
        if (!await services.GetRequiredService<SignInManager<Account>>().ValidateSecurityStampAsync(found.Account, context.Principal!.FindFirstValue(StampClaim(services)))) return null;
        if (!MailboxOwners.MayEnter(found.Account, Now, source)) return null;

        await sessions.SeeAsync(session, source, http.RequestAborted);
        return found;
    }

    private static string? UserId(ClaimsPrincipal? principal) => principal?.FindFirstValue(ClaimTypes.NameIdentifier);

    private static string StampClaim(IServiceProvider services) => services.GetRequiredService<UserManager<Account>>().Options.ClaimsIdentity.SecurityStampClaimType;

    private static long? SessionOf(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(SessionKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
