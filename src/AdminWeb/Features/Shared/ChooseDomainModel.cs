using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Asks in which domain a thing is to be added, on the page "Add" beside it; does not ask when there is only one.</summary>
/// <param name="permission">What the actor needs in the domain.</param>
public abstract class ChooseDomainModel(DomainRows domains, DomainPermissions permission) : PageModel
{
    public DomainChoice Choice { get; private set; } = null!;

    /// <summary>As the page "Add" has it.</summary>
    protected abstract string Title { get; }

    public async Task<IActionResult> OnGetAsync(string? domain, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (DomainName.TryParse(domain, out var name) && await domains.RowAsync(name, actor, permission, ct) is not null)
            return RedirectToPage("Add", new { domain = name.Value });

        var first = await domains.NamesAsync(actor, permission, ct, DomainChoice.Shown);
        if (first is [var only] && domain is null) return RedirectToPage("Add", new { domain = only.Value });

        Choice = new DomainChoice(Title, first, domain, actor.IsSuperadmin);
        return Page();
    }
}
