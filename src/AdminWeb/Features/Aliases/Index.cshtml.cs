using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>The aliases and catch-alls of all domains that somebody may see.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(AliasRows aliases, DomainRows domains) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<AliasRow> List { get; private set; } = null!;

    /// <summary>False for somebody who can add nothing, since every address is in a domain.</summary>
    public bool HasDomain { get; private set; }

    public bool MayAddDomain { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        Query = query;
        List = await aliases.EverywhereAsync(query.ToRequest(), actor, ct);
        HasDomain = List.Rows.Count > 0 || await domains.AnyAsync(actor, DomainPermissions.Aliases, ct);
        MayAddDomain = actor.IsSuperadmin;
    }
}
