using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>The one way in, for everybody. Showing it needs no database: what does comes to the handler that saves.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    [BindProperty]
    public SignInWithPassword.Input Input { get; set; } = new();

    /// <summary>Where somebody was going; followed only within this panel.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Onward() : Page();

    public async Task<IActionResult> OnPostAsync(
        [FromServices] SignInWithPassword signInWithPassword, [FromServices] SignInManager<Account> signIn, [FromServices] UserManager<Account> users, [FromServices] KnownDevices devices, CancellationToken ct)
    {
        var outcome = await signInWithPassword.RunAsync(Input, HttpContext.Visitor(), ct, devices.Of(Request));
        return await outcome.Match<Task<IActionResult>>(
            done: async step =>
            {
                if (step.NeedsCode)
                {
                    await CodeModel.BeginAsync(HttpContext, users, step.Account, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
                    return LocalRedirect("/sign-in/code");
                }
                await signIn.SignInAsync(step.Account, isPersistent: false);
                devices.Remember(HttpContext, step.Account.Name);
                return Onward();
            },
            refused: problems => Task.FromResult<IActionResult>(this.Refused(problems)),
            conflict: _ => Task.FromResult<IActionResult>(RedirectToPage()),
            notFound: () => Task.FromResult<IActionResult>(RedirectToPage()));
    }

    // The start sends a mailbox owner on.
    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
}
