using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>The relay domains that somebody may see.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(RelayDomainRows relayDomains) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<RelayDomainRow> List { get; private set; } = null!;

    public bool MayChange { get; private set; }

    public bool AreServed { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        Query = query;
        MayChange = actor.IsSuperadmin;
        List = await relayDomains.PageAsync(query.ToRequest(), actor, ct);
        AreServed = await relayDomains.AreServedAsync(ct);
    }
}
