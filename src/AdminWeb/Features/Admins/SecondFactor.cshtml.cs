using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Takes the second factor away from an admin who has lost it; not found where there is none.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class SecondFactorModel(AdminRows admins, ResetSecondFactor reset, IStringLocalizer<AdminsText> words) : PageModel
{
    public AdminDetail Admin { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string login, CancellationToken ct) => await LoadAsync(login, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string login, CancellationToken ct)
    {
        if (!await LoadAsync(login, ct)) return NotFound();

        var back = Url.Page("Edit", new { login = Admin.Login })!;
        return (await reset.RunAsync(new() { AccountId = Admin.Id }, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["SecondFactorReset"], saved.Name, link: null, back),
            _ => LocalRedirect(back),
            _ => LocalRedirect(back),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (await AdminRoute.FindAsync(admins, segment, HttpContext.Actor(), ct) is not { SecondFactorSince: not null } found) return false;

        Admin = found;
        return true;
    }
}
