using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Gives an admin another password, typed or made by the panel.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class PasswordModel(AdminRows admins, SetAdminPassword setPassword, IStringLocalizer<AdminsText> words) : PageModel
{
    [BindProperty]
    public SetAdminPassword.Input Input { get; set; } = new();

    public AdminDetail Admin { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string login, CancellationToken ct) => await LoadAsync(login, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string login, CancellationToken ct)
    {
        if (!await LoadAsync(login, ct)) return NotFound();

        Input = Input with { Id = Admin.Id, GeneratesPassword = string.IsNullOrEmpty(Input.Password) };
        return (await setPassword.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => ShownOnce.Saved(this, words["PasswordSet"], saved, Admin.Login, Url.Page("Edit", new { login = Admin.Login })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (await AdminRoute.FindAsync(admins, segment, HttpContext.Actor(), ct) is not { } found) return false;

        Admin = found;
        return true;
    }
}
