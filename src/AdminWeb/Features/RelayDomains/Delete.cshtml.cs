using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Says what deleting a relay domain takes away, and does that.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class DeleteModel(DeleteRelayDomain deleteRelayDomain, IStringLocalizer<RelayDomainsText> words) : PageModel
{
    [BindProperty]
    public DeleteRelayDomain.Input Input { get; set; } = new();

    public RelayDomainDeletion Plan { get; private set; } = null!;

    public string UnicodeName => DomainName.Parse(Plan.Name).Unicode;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        return (await deleteRelayDomain.RunAsync(Input with { Id = Plan.Id }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["Deleted"], UnicodeName, null, Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!DomainName.TryParse(domain, out var name) || await deleteRelayDomain.PlanAsync(name, actor, ct) is not { } plan) return false;

        Plan = plan;
        return true;
    }
}
