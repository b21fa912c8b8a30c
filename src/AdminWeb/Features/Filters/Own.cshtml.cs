using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Filters;

/// <summary>What the owner's mail is sorted by.</summary>
[OwnerMay(OwnerRights.Filters)]
public sealed class OwnModel(FilterRows rows, MoveFilter move, SetSpamMark mark, IStringLocalizer<FiltersText> words) : PageModel
{
    internal const string Path = "/me/filters";

    [BindProperty]
    public MoveFilter.Input Input { get; set; } = new();

    [BindProperty]
    public SetSpamMark.Input Spam { get; set; } = new();

    public FilterView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? from, string? to, string? subject, bool spam, CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found) return NotFound();

        View = FilterView.Of(found, new TrialMessage(from ?? "", to ?? "", subject ?? "", spam), Path);
        return Page();
    }

    public async Task<IActionResult> OnPostMoveAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        return (await move.RunAsync(Input with { MailboxId = actor.MailboxId ?? 0 }, actor, ct)).Match(
            saved => this.Saved(words["Moved"], saved.Name, link: null, Path),
            _ => RedirectToPage(),
            _ => RedirectToPage(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostSpamAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (await rows.OwnAsync(actor, ct) is not { } found) return NotFound();

        View = FilterView.Again(found, Path, Spam);
        return (await mark.RunAsync(Spam with { MailboxId = found.MailboxId }, actor, ct)).Match(
            _ => this.Saved(words["SpamSaved"], "", link: null, Path),
            problems => this.Refused(problems, nameof(Spam)),
            _ => RedirectToPage(),
            () => NotFound());
    }
}
