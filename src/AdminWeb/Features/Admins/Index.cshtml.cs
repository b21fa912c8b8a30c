using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Everybody who administers this panel.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class IndexModel(AdminRows admins) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<AdminRow> List { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        Query = query;
        List = await admins.PageAsync(query.ToRequest(), HttpContext.Actor(), ct);
    }
}
