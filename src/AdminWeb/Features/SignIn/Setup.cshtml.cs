using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Where the setup link leads: creates the first superadmin and signs in.</summary>
[AllowAnonymous]
public sealed class SetupModel(AdminDb db, CompleteSetup completeSetup, SignInManager<Account> signIn, IStringLocalizer<SignInText> words) : PageModel
{
    [BindProperty]
    public CompleteSetup.Input Input { get; set; } = new();

    public SetupState State { get; private set; }

    public async Task OnGetAsync(string? token, CancellationToken ct)
    {
        Input = new() { Token = token };
        State = await db.SetupStateAsync(token, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var outcome = await completeSetup.RunAsync(Input, HttpContext.Visitor(), ct);
        State = await db.SetupStateAsync(Input.Token, ct);
        return await outcome.Match<Task<IActionResult>>(
            done: async account =>
            {
                await signIn.SignInAsync(account, isPersistent: false);
                return this.Saved(words["SetupDone"], account.Name, link: null, next: "/");
            },
            refused: problems => Task.FromResult<IActionResult>(this.Refused(problems)),
            conflict: _ => Task.FromResult<IActionResult>(Page()),
            notFound: () => Task.FromResult<IActionResult>(Page()));
    }
}
