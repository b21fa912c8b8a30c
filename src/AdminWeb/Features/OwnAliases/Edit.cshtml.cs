using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>One address that the owner of a mailbox made: on or off, its note, its end.</summary>
[OwnerMay(OwnerRights.Aliases)]
public sealed class EditModel(OwnAliasRows rows, UpdateOwnAlias update, DeleteOwnAlias delete, IStringLocalizer<OwnAliasesText> words) : PageModel
{
    private const string List = "/me/aliases";

    [BindProperty]
    public UpdateOwnAlias.Input Input { get; set; } = new();

    public OwnAliasRow Row { get; private set; } = null!;

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        Input = Stored();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = id };
        var outcome = await update.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(id, ct)) Stale = await this.StaleAsync(Input, Stored(), "alias", Row.Address, ct);
        return outcome.Match(
            saved => this.Saved(words["Updated"], AddressText.Unicode(saved.Name), $"{List}/{id}", List),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct) => (await delete.RunAsync(new() { Id = id }, HttpContext.Actor(), ct)).Match(
        saved => this.Saved(words["Deleted"], AddressText.Unicode(saved.Name), link: null, List), problems => this.Refused(problems), _ => this.Conflict(), () => NotFound());

    private UpdateOwnAlias.Input Stored() => new() { Id = Row.Id, Version = Row.Version, IsActive = Row.IsActive, Comment = Row.Comment, ActiveUntil = new ActivePeriod(null, Row.ActiveUntil).UntilText };

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await rows.FindAsync(id, HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        return true;
    }
}
