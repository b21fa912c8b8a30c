using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Filters;

/// <summary>One rule of a mailbox, or a new one ("add"), for an admin who helps the owner.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class RuleOfMailboxModel(FilterRows rows, SaveFilter save, DeleteFilter delete, IStringLocalizer<FiltersText> words) : EditPage<SaveFilter.Input>
{
    public FilterList List { get; private set; } = null!;

    /// <summary>Null: a new one.</summary>
    public FilterRow? Row { get; private set; }

    /// <summary>Path of the list.</summary>
    public string Here => Url.Page("OfMailbox", new { address = List.Address })!;

    public async Task<IActionResult> OnGetAsync(string address, string id, CancellationToken ct) => await LoadAsync(address, id, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string address, string id, CancellationToken ct)
    {
        if (!await LoadAsync(address, id, ct)) return NotFound();

        Input = FilterPages.Posted(this, Input, List, Row);
        var outcome = await save.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "mailbox", List.Address, () => LoadAsync(address, id, ct), saved => this.Saved(words["Saved"], saved.Name, link: null, Here), ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(string address, string id, CancellationToken ct)
    {
        if (!await LoadAsync(address, id, ct) || Row is null) return NotFound();

        return (await delete.RunAsync(new() { MailboxId = List.MailboxId, Id = Row.Id }, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["Deleted"], saved.Name, link: null, Here),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public string Title(IStringLocalizer<FiltersText> texts) => FilterPages.Title(Row, texts);

    public string? LineText(string line, IStringLocalizer<FiltersText> texts) => FilterPages.LineText(line, Input, List, Row, texts);

    protected override SaveFilter.Input Stored() => FilterPages.Form(List, Row);

    private async Task<bool> LoadAsync(string segment, string id, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await rows.FindAsync(address, HttpContext.Actor(), ct) is not { } found || !FilterPages.TryFind(found, id, out var row)) return false;

        (List, Row) = (found, row);
        return true;
    }
}
