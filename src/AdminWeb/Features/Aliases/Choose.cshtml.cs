using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Asks in which domain an alias is to be added; does not ask when there is only one.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ChooseModel(DomainRows domains, IStringLocalizer<AliasesText> words) : PageModel
{
    public DomainChoice Choice { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? domain, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (DomainName.TryParse(domain, out var name) && await domains.RowAsync(name, actor, DomainPermissions.Aliases, ct) is not null)
            return RedirectToPage("Add", new { domain = name.Value });

        var first = await domains.NamesAsync(actor, DomainPermissions.Aliases, ct, DomainChoice.Shown);
        if (first is [var only] && domain is null) return RedirectToPage("Add", new { domain = only.Value });

        Choice = new DomainChoice(words["AddTitle"], first, domain, "/Aliases/Add", actor.IsSuperadmin);
        return Page();
    }
}
