using System.Security.Claims;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>
/// The second step of a sign-in. Whoever has passed the first holds a cookie of its own for some minutes, which opens this
/// page and no other: it names the account and the password that was right.
/// </summary>
[AllowAnonymous]
public sealed class CodeModel(UserManager<Account> users, SignInManager<Account> signIn, PassSecondFactor pass, SecondFactorRows factors, PasskeyQuestions questions, CeremonyCookie cookie, KnownDevices devices, TimeProvider clock) : PageModel
{
    public SecondFactorState State { get; private set; } = null!;

    [BindProperty]
    public PassSecondFactor.Input Input { get; set; } = new();

    /// <summary>Remembers that the password was right.</summary>
    /// <param name="returnUrl">Where somebody was going, within this panel.</param>
    public static async Task BeginAsync(HttpContext context, UserManager<Account> users, Account account, string returnUrl)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, await users.GetUserIdAsync(account)), new(ClaimTypes.Hash, await users.GetSecurityStampAsync(account))], IdentityConstants.TwoFactorUserIdScheme);
        await context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { RedirectUri = returnUrl });
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await FindAsync() is var (account, _) ? await ShowAsync(account, ct) : LocalRedirect("/sign-in");

    public async Task<IActionResult> OnPostAskAsync() =>
        await FindAsync() is var (account, _) ? Content(cookie.Keep(HttpContext, await questions.AskAsync(CeremonyPurpose.SecondStep, account)), "application/json") : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync() is not var (account, returnUrl)) return LocalRedirect("/sign-in");

        var outcome = await pass.RunAsync(Input with { Ceremony = cookie.Take(HttpContext) }, account, HttpContext.Visitor(), ct);
        return await outcome.Match<Task<IActionResult>>(
            done: async known =>
            {
                await HttpContext.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
                await signIn.SignInAsync(known, isPersistent: false);
                devices.Remember(HttpContext, known.Name);
                return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
            },
            refused: problems =>
            {
                this.Refused(problems);
                return ShowAsync(account, ct);
            },
            conflict: _ => Task.FromResult<IActionResult>(RedirectToPage()),
            notFound: () => Task.FromResult<IActionResult>(RedirectToPage()));
    }

    private async Task<IActionResult> ShowAsync(Account account, CancellationToken ct)
    {
        State = await factors.OfAsync(account.Id, account.MailboxId, ct);
        return Page();
    }

    // Not where the password was changed since, or the account may not enter any more.
    private async Task<(Account Account, string? ReturnUrl)?> FindAsync()
    {
        var ticket = await HttpContext.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (ticket.Principal is not { } first || await users.FindByIdAsync(first.FindFirstValue(ClaimTypes.NameIdentifier) ?? "") is not { } account) return null;

        var stands = first.FindFirstValue(ClaimTypes.Hash) == await users.GetSecurityStampAsync(account) && MailboxOwners.MayEnter(account, clock.GetUtcNow().UtcDateTime, HttpContext.Visitor().Source);
        return stands ? (account, ticket.Properties?.RedirectUri) : null;
    }
}
