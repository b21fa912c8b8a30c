using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Says what deleting an admin takes away, and does that.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class DeleteModel(AdminRows admins, DeleteAdmin deleteAdmin, IStringLocalizer<AdminsText> words) : PageModel
{
    public AdminDetail Admin { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string login, CancellationToken ct) => await LoadAsync(login, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string login, CancellationToken ct)
    {
        if (!await LoadAsync(login, ct)) return NotFound();

        return (await deleteAdmin.RunAsync(new() { Id = Admin.Id }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["Deleted"], Admin.Login, null, Url.Page("Index")!),
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
