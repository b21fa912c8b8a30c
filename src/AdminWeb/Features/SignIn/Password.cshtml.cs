using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>An admin's own password.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class PasswordModel(ChangeOwnPassword changeOwnPassword, SignInManager<Account> signIn, IStringLocalizer<SignInText> words) : PageModel
{
    [BindProperty]
    public ChangeOwnPassword.Input Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var outcome = await changeOwnPassword.RunAsync(Input, HttpContext.Actor(), ct);
        return await outcome.Match<Task<IActionResult>>(
            done: async account =>
            {
                // This session goes on with the new stamp; it still ends when it would have ended.
                await signIn.RefreshSignInAsync(account);
                return this.Saved(words["PasswordChanged"], "", link: null, next: "/account/password");
            },
            refused: problems => Task.FromResult<IActionResult>(this.Refused(problems)),
            conflict: _ => Task.FromResult<IActionResult>(this.Conflict()),
            notFound: () => Task.FromResult<IActionResult>(NotFound()));
    }
}
