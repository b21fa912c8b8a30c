using AdminPanel.Web.Features.Audit;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Overview;

/// <summary>The start: how much there is, what to do first, and what was changed last.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(OverviewRows overview, AuditRows audit) : PageModel
{
    private const int LatestChanges = 8;

    public OverviewCounts Counts { get; private set; } = null!;

    public IReadOnlyList<AuditRow> Latest { get; private set; } = [];

    public bool MaySeeAll { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        MaySeeAll = actor.IsSuperadmin;
        Counts = await overview.CountsAsync(actor, ct);
        Latest = await audit.LatestAsync(LatestChanges, actor, ct);
    }
}
