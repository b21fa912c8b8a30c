using System.Globalization;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// Asks the database at every request whether the cookie still stands: the account is there and may enter, its security
/// stamp is the cookie's, and the session is not past its limit. What the account is comes from its row, not from the cookie.
/// </summary>
internal sealed class SessionGuard(PanelSettings settings, TimeProvider clock) : CookieAuthenticationEvents
{
    private const string StartedKey = "started";

    public override Task SigningIn(CookieSigningInContext context)
    {
        context.Properties.Items.TryAdd(StartedKey, clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // An error page is shown to anybody, and must not ask the database that may be the error.
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null || context.HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            context.RejectPrincipal();
            return;
        }
        // Not in the constructor: a request without a cookie needs no unit of work.
        var signIn = context.HttpContext.RequestServices.GetRequiredService<SignInManager<Account>>();
        var account = IsWithinLimit(context.Properties) ? await signIn.ValidateSecurityStampAsync(context.Principal) : null;
        var now = clock.GetUtcNow().UtcDateTime;
        if (account is null || !MailboxOwners.MayEnter(account, now, context.HttpContext.Visitor().Source))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }
        context.HttpContext.SetSignedIn(account);
        Language.SetOfAccount(context.HttpContext, account.Language);
        var principal = await signIn.CreateUserPrincipalAsync(account);
        if (MailboxOwners.HasExpiredPassword(account, now)) principal.AddIdentity(Policies.ExpiredPassword());
        if (account.Mailbox is { Entry.Domain: { } domain }) principal.AddIdentity(Policies.Granted(domain.OwnerRights));
        context.ReplacePrincipal(principal);
    }

    private bool IsWithinLimit(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(StartedKey, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var started)
        && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(started) < settings.SessionLimit;
}
