using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>Makes another address for the owner of a mailbox.</summary>
[OwnerMay(OwnerRights.Aliases)]
public sealed class AddModel(OwnAliasRows rows, AddOwnAlias add, IStringLocalizer<OwnAliasesText> words) : PageModel
{
    [BindProperty]
    public AddOwnAlias.Input Input { get; set; } = new();

    public OwnAliasList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        return (await add.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["Added"], AddressText.Unicode(saved.Name), $"/me/aliases/{saved.Id}", "/me/aliases"), problems => this.Refused(problems), _ => this.Conflict(), () => NotFound());
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found) return false;

        List = found;
        return true;
    }
}
