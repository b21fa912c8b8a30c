using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>The password of the owner's mailbox, which mail programs and the panel ask for. Open with one that is too old, too.</summary>
[OwnerMay(OwnerRights.Password, Policies.OwnerOfAnyPassword)]
public sealed class PasswordModel(ChangeMailboxPassword changePassword, UserManager<Account> users, SignInManager<Account> signIn, IStringLocalizer<SelfServiceText> words) : PageModel
{
    [BindProperty]
    public ChangeMailboxPassword.Input Input { get; set; } = new();

    public bool IsExpired => Policies.HasExpiredPassword(User);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var outcome = await changePassword.RunAsync(Input, HttpContext.Actor(), ct);
        return await outcome.Match<Task<IActionResult>>(
            done: async _ =>
            {
                // This session goes on with the new stamp; it still ends when it would have ended.
                if (await users.GetUserAsync(User) is { } account) await signIn.RefreshSignInAsync(account);
                return this.Saved(words["PasswordSaved"], "", link: null, next: "/me");
            },
            refused: problems => Task.FromResult<IActionResult>(this.Refused(problems)),
            conflict: _ => Task.FromResult<IActionResult>(this.Conflict()),
            notFound: () => Task.FromResult<IActionResult>(NotFound()));
    }
}
