using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>The alias domains whose target somebody may see.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(AliasDomainRows aliasDomains, SetAliasDomainActive setActive, IStringLocalizer<AliasDomainsText> words) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<AliasDomainRow> List { get; private set; } = null!;

    public bool MayChange { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        Query = query;
        MayChange = actor.IsSuperadmin;
        List = await aliasDomains.PageAsync(query.ToRequest(), actor, ct);
    }

    public async Task<IActionResult> OnPostStateAsync(string? name, bool active, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!DomainName.TryParse(name, out var domain) || await aliasDomains.FindAsync(domain, actor, ct) is not { } row) return NotFound();

        var outcome = await setActive.RunAsync(new() { Id = row.Id, IsActive = active }, actor, ct);
        return outcome.Match(
            _ => this.Saved(words[active ? "Activated" : "Deactivated"], domain.Unicode, null, Url.Page("Index")!),
            _ => NotFound(),
            _ => NotFound(),
            () => (IActionResult)NotFound());
    }
}
