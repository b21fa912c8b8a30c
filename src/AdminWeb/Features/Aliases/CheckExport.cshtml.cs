using AdminPanel.Data;
using AdminPanel.Web.Features.Export;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>The whole report as CSV.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class CheckExportModel(AliasCheck check, RecordExport recordExport) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? domain, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!AliasRoute.TryReadDomain(domain, out var name) || await check.FindAsync(name, actor, ct) is not { } findings) return NotFound();
        if (await recordExport.RunAsync(new() { List = "alias-check", DomainName = name?.Value }, actor, ct) is not Outcome<Saved>.Done) return NotFound();

        return AliasCheckTable.File(findings, name);
    }
}
