using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>One address that the owner of a mailbox made: on or off, its note, its end.</summary>
[OwnerMay(OwnerRights.Aliases)]
public sealed class EditModel(OwnAliasRows rows, UpdateOwnAlias update, DeleteOwnAlias delete, IStringLocalizer<OwnAliasesText> words) : EditPage<UpdateOwnAlias.Input>
{
    private const string List = "/me/aliases";

    public OwnAliasRow Row { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = id };
        var outcome = await update.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "alias", Row.Address, () => LoadAsync(id, ct), saved => this.Saved(words["Updated"], AddressText.Unicode(saved.Name), $"{List}/{id}", List), ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct) => (await delete.RunAsync(new() { Id = id }, HttpContext.Actor(), ct)).Match(
        saved => this.Saved(words["Deleted"], AddressText.Unicode(saved.Name), link: null, List), problems => this.Refused(problems), _ => this.Conflict(), () => NotFound());

    protected override UpdateOwnAlias.Input Stored() => new() { Id = Row.Id, Version = Row.Version, IsActive = Row.IsActive, Comment = Row.Comment, ActiveUntil = new ActivePeriod(null, Row.ActiveUntil).UntilText };

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await rows.FindAsync(id, HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        return true;
    }
}
