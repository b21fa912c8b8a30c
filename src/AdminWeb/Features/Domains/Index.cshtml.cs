using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Domains;

/// <summary>The hosted domains that somebody may see.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(DomainRows domains) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<DomainRow> List { get; private set; } = null!;

    /// <summary>To filter by.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];

    public bool MayAdd { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        Query = query;
        MayAdd = await domains.MayCreateAsync(actor, ct);
        Tags = await domains.TagsAsync(actor, ct);
        List = await domains.PageAsync(query.ToRequest(), actor, ct);
    }
}
