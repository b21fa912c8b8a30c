using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Which role addresses a domain has, and where their mail goes.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class RolesModel(DomainRows domains, SetRoleAddresses setRoles, IStringLocalizer<DomainsText> words) : PageModel
{
    /// <summary>The fields of the form, with those of a new domain beside them that are not shown.</summary>
    public sealed record RolesInput : NewDomainInput;

    [BindProperty]
    public RolesInput Input { get; set; } = new();

    public DomainRow Domain { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var (roles, destination) = await domains.RolesAsync(Domain.Name, ct);
        Input = new RolesInput { Roles = roles, RoleDestination = destination };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var page = Url.Page("Show", new { domain = Domain.Name.Value })!;
        return (await setRoles.RunAsync(new() { DomainId = Domain.Id, Roles = Input.Roles, RoleDestination = Input.RoleDestination }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["RolesSaved"], Domain.Name.Unicode, page, page),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await domains.RowAsync(name, HttpContext.Actor(), ct) is not { } found) return false;

        Domain = found;
        return true;
    }
}
