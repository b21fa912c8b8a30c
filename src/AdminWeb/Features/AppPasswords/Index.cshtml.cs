using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>The passwords of the owner's mail programs.</summary>
[OwnerMay(OwnerRights.AppPasswords)]
public sealed class IndexModel(AppPasswordRows passwords, RevokeAppPassword revoke, IStringLocalizer<AppPasswordsText> words) : PageModel
{
    [BindProperty]
    public RevokeAppPassword.Input Input { get; set; } = new();

    public AppPasswordList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await passwords.OwnAsync(HttpContext.Actor(), ct) is not { } found) return NotFound();

        List = found;
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken ct) =>
        (await revoke.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["Revoked"], saved.Name, link: null, next: "/me/app-passwords"),
            _ => RedirectToPage(),
            _ => RedirectToPage(),
            () => NotFound());
}
