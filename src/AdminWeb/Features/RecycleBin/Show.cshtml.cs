using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>One thing in the recycle bin, and what can become of it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ShowModel(RecycledItemRows items, RestoreItem restore, ReleaseAddress release, IStringLocalizer<RecycleBinText> words) : PageModel
{
    public RecycledItemRow Item { get; private set; } = null!;

    /// <summary>Receives its mail once the address is released; null where that is refused.</summary>
    public string? NextOwner { get; private set; }

    public string Name => AddressText.Name(Item.Name);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRestoreAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        return (await restore.RunAsync(new() { Id = id }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["Restored"], Name, Place(), Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostReleaseAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        return (await release.RunAsync(new() { Id = id }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["ReleasedNow"], Name, null, Url.Page("Show", new { id })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private string? Place() => Item.Kind switch
    {
        RecycledKind.Mailbox => Url.Page("/Mailboxes/Edit", new { address = Item.Name }),
        RecycledKind.Domain => Url.Page("/Domains/Show", new { domain = Item.Name }),
        _ => Url.Page("/Aliases/Edit", new { address = Item.Name }),
    };

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await items.FindAsync(id, HttpContext.Actor(), ct) is not { } item) return false;

        Item = item;
        NextOwner = await items.NextOwnerAsync(item, ct);
        return true;
    }
}
