using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>Makes a password for one mail program of the owner.</summary>
[OwnerMay(OwnerRights.AppPasswords)]
public sealed class AddModel(AppPasswordRows passwords, AddAppPassword add, IStringLocalizer<AppPasswordsText> words) : PageModel
{
    [BindProperty]
    public AddAppPassword.Input Input { get; set; } = new() { AllowsImap = true, AllowsSmtp = true };

    public AppPasswordList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        return (await add.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => ShownOnce.Saved(this, words["Added"], saved, saved.Name, "/me/app-passwords"),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await passwords.OwnAsync(HttpContext.Actor(), ct) is not { } found) return false;

        List = found;
        return true;
    }
}
