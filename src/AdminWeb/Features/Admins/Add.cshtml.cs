using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Adds an admin.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class AddModel(CreateAdmin createAdmin, DomainRows domains, IStringLocalizer<AdminsText> words) : PageModel
{
    [BindProperty]
    public CreateAdmin.Input Input { get; set; } = new();

    public AssignableDomains Domains { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => await LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Input = Input with { Domains = AssignableDomains.Read(Input.Domains), Permissions = AssignableDomains.Read(Input.Permissions), GeneratesPassword = string.IsNullOrEmpty(Input.Password) };
        await LoadAsync(ct);
        return (await createAdmin.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => ShownOnce.Saved(this, words["Added"], saved, saved.Name, Url.Page("Edit", new { login = saved.Name })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task LoadAsync(CancellationToken ct) => Domains = await AssignableDomains.OfAsync(domains, Input, HttpContext.Actor(), ct);
}
