using AdminPanel.Data.Access;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>The addresses that the owner of a mailbox made.</summary>
[OwnerMay(OwnerRights.Aliases)]
public sealed class IndexModel(OwnAliasRows rows) : PageModel
{
    public OwnAliasList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found) return NotFound();

        List = found;
        return Page();
    }
}
