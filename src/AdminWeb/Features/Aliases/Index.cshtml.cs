using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>The aliases of all domains that somebody may see, without catch-alls.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(AliasRows aliases) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<AliasRow> List { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        Query = query;
        List = await aliases.EverywhereAsync(query.ToRequest(), HttpContext.Actor(), ct);
    }
}
