using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>Takes what a passkey answered to the sign-in page. Shown only where that was refused.</summary>
[AllowAnonymous]
public sealed class SignInModel(SignInWithPasskey signInWithPasskey, PasskeyQuestions questions, CeremonyCookie cookie, SignInManager<Account> signIn, KnownDevices devices) : PageModel
{
    [BindProperty]
    public SignInWithPasskey.Input Input { get; set; } = new();

    /// <summary>Where somebody was going; followed only within this panel.</summary>
    [BindProperty]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => LocalRedirect("/sign-in");

    public async Task<IActionResult> OnPostAskAsync() => Content(cookie.Keep(HttpContext, await questions.AskAsync(CeremonyPurpose.SignIn, account: null)), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var outcome = await signInWithPasskey.RunAsync(Input with { Ceremony = cookie.Take(HttpContext) }, HttpContext.Visitor(), ct);
        return await outcome.Match<Task<IActionResult>>(
            done: async account =>
            {
                await signIn.SignInAsync(account, isPersistent: false);
                devices.Remember(HttpContext, account.Name);
                return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
            },
            refused: problems => Task.FromResult<IActionResult>(this.Refused(problems)),
            conflict: _ => Task.FromResult<IActionResult>(RedirectToPage()),
            notFound: () => Task.FromResult<IActionResult>(RedirectToPage()));
    }
}
