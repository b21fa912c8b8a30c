using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>The newest jobs.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(JobRows jobs) : PageModel
{
    public IReadOnlyList<JobRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Rows = await jobs.LatestAsync(HttpContext.Actor(), ct);
}
