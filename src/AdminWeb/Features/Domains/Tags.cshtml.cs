using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Tags of many domains. What was ticked, or the filter of the list, stands in the URL.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class TagsModel(TagDomains tagDomains, IStringLocalizer<DomainsText> words) : PageModel
{
    [BindProperty]
    public TagDomains.Input Input { get; set; } = new();

    public NameList Plan { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "id")] IReadOnlyList<long> ids, bool all, [FromQuery(Name = "")] ListQuery query, CancellationToken ct) =>
        await LoadAsync(ids, all, query, ct);

    public async Task<IActionResult> OnPostAsync(
        [FromQuery(Name = "id")] IReadOnlyList<long> ids, [FromQuery] bool all, [FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        await LoadAsync(ids, all, query, ct);
        var outcome = await tagDomains.RunAsync(Input with { Count = Input.Count ?? 0 }, HttpContext.Actor(), ct);
        // The form that comes back is about what there is now.
        ModelState.Remove("Input.Count");
        return outcome.Match(
            changed => this.Saved(words["TagsChanged"], changed.ToString(System.Globalization.CultureInfo.InvariantCulture), null, Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task LoadAsync(IReadOnlyList<long> ids, bool all, ListQuery query, CancellationToken ct)
    {
        Input = Input with { Ids = all ? null : ids, Filter = query.ToRequest() };
        Plan = await tagDomains.PlanAsync(Input, HttpContext.Actor(), ct);
    }
}
