using AdminPanel.Web.Features.Audit.Seals;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Audit;

/// <summary>Who changed what, the newest first. Domain admins see what was changed in domains whose logs they may see.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(AuditRows audit, SealRows seals) : PageModel
{
    public AuditQuery Query { get; private set; } = new();

    public IReadOnlyList<AuditRow> Rows { get; private set; } = [];

    /// <summary>What the next page begins below; null on the last page.</summary>
    public AuditKey? Older { get; private set; }

    public bool IsNewest { get; private set; }

    /// <summary>How far the audit is sealed; for superadmins.</summary>
    public SealRow? Seal { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "")] AuditQuery query, CancellationToken ct)
    {
        Query = query;
        var request = query.ToRequest();
        var rows = await audit.PageAsync(request, HttpContext.Actor(), ct);
        IsNewest = request.Below is null;
        Seal = await seals.NewestAsync(HttpContext.Actor(), ct);
        Rows = [.. rows.Take(AuditRows.PageSize)];
        Older = rows.Count > AuditRows.PageSize ? Rows[^1].Key : null;
    }
}
