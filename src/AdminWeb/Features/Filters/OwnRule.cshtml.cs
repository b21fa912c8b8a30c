using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Filters;

/// <summary>One rule of the owner's, or a new one ("add").</summary>
[OwnerMay(OwnerRights.Filters)]
public sealed class OwnRuleModel(FilterRows rows, SaveFilter save, DeleteFilter delete, IStringLocalizer<FiltersText> words) : PageModel
{
    [BindProperty]
    public SaveFilter.Input Input { get; set; } = new();

    public FilterList List { get; private set; } = null!;

    /// <summary>Null: a new one.</summary>
    public FilterRow? Row { get; private set; }

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        Input = FilterPages.Form(List, Row);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        Input = FilterPages.Posted(this, Input, List, Row);
        var outcome = await save.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(id, ct)) Stale = await this.StaleAsync(Input, FilterPages.Form(List, Row), "mailbox", List.Address, ct);
        return outcome.Match(
            saved => this.Saved(words["Saved"], saved.Name, link: null, OwnModel.Path),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
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

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found || !FilterPages.TryFind(found, id, out var row)) return false;

        (List, Row) = (found, row);
        return true;
    }
}
