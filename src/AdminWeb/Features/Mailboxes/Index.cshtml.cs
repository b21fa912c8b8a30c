using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>The mailboxes of all domains that somebody may see.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(MailboxRows mailboxes) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public RowPage<MailboxRow> List { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        Query = query;
        List = await mailboxes.EverywhereAsync(query.ToRequest(), HttpContext.Actor(), ct);
    }
}
