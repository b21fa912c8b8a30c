using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Ends this session. A GET only asks, so that no link or picture signs anybody out.</summary>
[Authorize(Policy = Policies.AnySession)]
public sealed class SignOutModel(SignOutOfSession signOut, SignInManager<Account> signIn, IStringLocalizer<SignInText> words) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await signOut.RunAsync(new() { SessionId = HttpContext.SessionId() }, HttpContext.Actor(), ct);
        await signIn.SignOutAsync();
        return this.Saved(words["SignedOut"], "", link: null, next: "/sign-in");
    }
}
