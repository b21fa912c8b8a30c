using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Audit;

/// <summary>Who changed what, the newest first.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class IndexModel(AuditRows audit) : PageModel
{
    public IReadOnlyList<AuditRow> Rows { get; private set; } = [];

    /// <summary>Id that the next page begins below; null on the last page.</summary>
    public long? Older { get; private set; }

    public bool IsNewest { get; private set; }

    public async Task OnGetAsync(string? before, CancellationToken ct)
    {
        // A mistyped key shows the newest page.
        long? from = long.TryParse(before, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
        var rows = await audit.PageAsync(from, HttpContext.Actor(), ct);
        IsNewest = from is null;
        Rows = [.. rows.Take(AuditRows.PageSize)];
        Older = rows.Count > AuditRows.PageSize ? Rows[^1].Id : null;
    }
}
