using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Filters;

/// <summary>One rule of the owner's, or a new one ("add").</summary>
[OwnerMay(OwnerRights.Filters)]
public sealed class OwnRuleModel(FilterRows rows, SaveFilter save, DeleteFilter delete, IStringLocalizer<FiltersText> words) : EditPage<SaveFilter.Input>
{
    public FilterList List { get; private set; } = null!;

    /// <summary>Null: a new one.</summary>
    public FilterRow? Row { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        Input = FilterPages.Posted(this, Input, List, Row);
        var outcome = await save.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "mailbox", List.Address, () => LoadAsync(id, ct), saved => this.Saved(words["Saved"], saved.Name, link: null, OwnModel.Path), ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct) || Row is null) return NotFound();

        return (await delete.RunAsync(new() { MailboxId = List.MailboxId, Id = Row.Id }, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["Deleted"], saved.Name, link: null, OwnModel.Path),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public string Title(IStringLocalizer<FiltersText> texts) => FilterPages.Title(Row, texts);

    public string? LineText(string line, IStringLocalizer<FiltersText> texts) => FilterPages.LineText(line, Input, List, Row, texts);

    protected override SaveFilter.Input Stored() => FilterPages.Form(List, Row);

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found || !FilterPages.TryFind(found, id, out var row)) return false;

        (List, Row) = (found, row);
        return true;
    }
}
