using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>What was deleted and can come back, the newest first.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(RecycledItemRows items) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<RecycledItemRow> List { get; private set; } = null!;

    /// <summary>Since when mail of purged mailboxes waits; null where none does.</summary>
    public DateTime? MailWaitsSince { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        Query = query;
        List = await items.PageAsync(query.ToRequest(), HttpContext.Actor(), ct);
        MailWaitsSince = await items.MailWaitsSinceAsync(HttpContext.Actor(), ct);
    }
}
