using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Says what deleting an alias takes away, and does exactly that.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class DeleteModel(DeleteAlias deleteAlias, IStringLocalizer<AliasesText> words) : PageModel
{
    [BindProperty]
    public DeleteAlias.Input Input { get; set; } = new();

    public AliasDeletion Plan { get; private set; } = null!;

    public bool IsCatchAll => Plan.Address.StartsWith('@');

    public string Address => AddressText.Unicode(Plan.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct) => await LoadAsync(address, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        var outcome = await deleteAlias.RunAsync(Input with { Id = Plan.Id }, HttpContext.Actor(), ct);
        if (outcome is Outcome<AliasDeletion>.Refused && !await LoadAsync(address, ct)) return NotFound();

        return outcome.Match(
            _ => this.Saved(words["Deleted"], Address, null, Url.Page("OfDomain", new { domain = Plan.DomainName })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (AliasRoute.Read(segment) is not { } address || await deleteAlias.PlanAsync(address, HttpContext.Actor(), ct) is not { } plan) return false;

        Plan = plan;
        return true;
    }
}
