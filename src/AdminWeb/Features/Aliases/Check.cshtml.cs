using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Where mail does not end as it should: the first of each kind.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class CheckModel(AliasCheck check) : PageModel
{
    /// <summary>Lines of each kind on the page.</summary>
    public const int Shown = 50;

    /// <summary>Null: all domains.</summary>
    public DomainName? Domain { get; private set; }

    public IReadOnlyList<IGrouping<AliasFault, AliasFinding>> Groups { get; private set; } = [];

    public int FaultCount { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? domain, CancellationToken ct)
    {
        if (!AliasRoute.TryReadDomain(domain, out var name) || await check.FindAsync(name, HttpContext.Actor(), ct) is not { } findings) return NotFound();

        Domain = name;
        Groups = [.. findings.GroupBy(f => f.Fault)];
        FaultCount = findings.Count(f => f.IsFault);
        return Page();
    }
}
