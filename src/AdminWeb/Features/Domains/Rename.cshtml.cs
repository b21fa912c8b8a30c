using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Says what another name for a domain changes, and does exactly that.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class RenameModel(RenameDomain renameDomain, IStringLocalizer<DomainsText> words) : PageModel
{
    [BindProperty]
    public RenameDomain.Input Input { get; set; } = new();

    public DomainRenaming Plan { get; private set; } = null!;

    public string UnicodeName => DomainName.Parse(Plan.Name).Unicode;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var outcome = await renameDomain.RunAsync(Input with { Id = Plan.Id }, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Refused && !await LoadAsync(domain, ct)) return NotFound();

        return outcome.Match(
            saved =>
            {
                var page = Url.Page("Show", new { domain = saved.Name })!;
                return this.Saved(words[Input.KeepsOldName ? "RenamedKept" : "Renamed"], DomainName.Parse(saved.Name).Unicode, page, page);
            },
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await renameDomain.PlanAsync(name, HttpContext.Actor(), ct) is not { } plan) return false;

        Plan = plan;
        return true;
    }
}
