using System.Globalization;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Audit;

/// <summary>One change, with what was before and what is after side by side.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ShowModel(AuditRows audit) : PageModel
{
    public AuditEntry Entry { get; private set; } = null!;

    public IReadOnlyList<ChangedValue> Values { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key) || await audit.FindAsync(key, HttpContext.Actor(), ct) is not { } entry) return NotFound();

        Entry = entry;
        Values = ChangedValue.Of(entry.Before, entry.After);
        return Page();
    }
}
