using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Export;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Where mail does not end as it should: the first of each kind, and all of them as CSV.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class CheckModel(AliasCheck check, RecordExport recordExport) : PageModel
{
    /// <summary>Lines of each kind on the page.</summary>
    public const int Shown = 50;

    /// <summary>Null: all domains.</summary>
    public DomainName? Domain { get; private set; }

    public IReadOnlyList<IGrouping<AliasFault, AliasFinding>> Groups { get; private set; } = [];

    public int FaultCount { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? domain, CancellationToken ct)
    {
        if (await FindAsync(domain, ct) is not { } findings) return NotFound();

        Groups = [.. findings.GroupBy(f => f.Fault)];
        FaultCount = findings.Count(f => f.IsFault);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(string? domain, CancellationToken ct)
    {
        if (await FindAsync(domain, ct) is not { } findings) return NotFound();
        if (await recordExport.RunAsync(new() { List = "alias-check", DomainName = Domain?.Value }, HttpContext.Actor(), ct) is not Outcome<Saved>.Done) return NotFound();

        return AliasCheckTable.File(findings, Domain);
    }

    private async Task<IReadOnlyList<AliasFinding>?> FindAsync(string? domain, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(domain))
        {
            if (!DomainName.TryParse(domain, out var name)) return null;

            Domain = name;
        }
        return await check.FindAsync(Domain, HttpContext.Actor(), ct);
    }
}
