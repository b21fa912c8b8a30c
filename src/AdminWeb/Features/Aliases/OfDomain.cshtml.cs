using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>The aliases of one domain.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class OfDomainModel(AliasRows aliases) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public ListedDomain Domain { get; private set; } = null!;

    public RowPage<AliasRow> List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, [FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        Query = query;
        if (!DomainName.TryParse(domain, out var name) || await aliases.DomainAsync(name, actor, ct) is not { } found) return NotFound();

        (Domain, List) = (found, await aliases.OfDomainAsync(found, query.ToRequest(), actor, ct));
        return Page();
    }
}
