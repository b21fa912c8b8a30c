using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>Says what purging takes away for ever, and does exactly that.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class PurgeModel(PurgeItem purge, IStringLocalizer<RecycleBinText> words) : PageModel
{
    [BindProperty]
    public PurgeItem.Input Input { get; set; } = new();

    public PurgePlan Plan { get; private set; } = null!;

    public string Name => AddressText.Name(Plan.Name);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        var outcome = await purge.RunAsync(Input with { Id = id }, HttpContext.Actor(), ct);
        if (outcome is Outcome<PurgePlan>.Refused && !await LoadAsync(id, ct)) return NotFound();

        return outcome.Match(
            _ => this.Saved(words[Plan.HomeCount > 0 ? "PurgedWithMail" : "Purged"], Name, null, Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await purge.PlanAsync(id, HttpContext.Actor(), ct) is not { } plan) return false;

        Plan = plan;
        return true;
    }
}
