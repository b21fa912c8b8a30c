using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Says what deleting a domain takes away, and does exactly that.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class DeleteModel(DeleteDomain deleteDomain, IStringLocalizer<DomainsText> words) : PageModel
{
    [BindProperty]
    public DeleteDomain.Input Input { get; set; } = new();

    public DomainDeletion Plan { get; private set; } = null!;

    public string UnicodeName => DomainName.Parse(Plan.Name).Unicode;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var outcome = await deleteDomain.RunAsync(Input with { Id = Plan.Id }, HttpContext.Actor(), ct);
        if (outcome is Outcome<DomainDeletion>.Refused && !await LoadAsync(domain, ct)) return NotFound();

        return outcome.Match(
            _ => this.Saved(words["Deleted"], UnicodeName, null, Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await deleteDomain.PlanAsync(name, HttpContext.Actor(), ct) is not { } plan) return false;

        Plan = plan;
        return true;
    }
}
