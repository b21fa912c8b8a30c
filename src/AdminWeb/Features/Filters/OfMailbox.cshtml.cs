using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Filters;

/// <summary>What a mailbox's mail is sorted by, for an admin who helps the owner.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class OfMailboxModel(FilterRows rows, MoveFilter move, SetSpamMark mark, IStringLocalizer<FiltersText> words) : PageModel
{
    [BindProperty]
    public MoveFilter.Input Input { get; set; } = new();

    [BindProperty]
    public SetSpamMark.Input Spam { get; set; } = new();

    public FilterView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string address, string? from, string? to, string? subject, bool spam, CancellationToken ct)
    {
        if (await FindAsync(address, ct) is not { } found) return NotFound();

        View = FilterView.Of(found, new TrialMessage(from ?? "", to ?? "", subject ?? "", spam), Here(found));
        return Page();
    }

    public async Task<IActionResult> OnPostMoveAsync(string address, CancellationToken ct)
    {
        if (await FindAsync(address, ct) is not { } found) return NotFound();

        return (await move.RunAsync(Input with { MailboxId = found.MailboxId }, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["Moved"], saved.Name, link: null, Here(found)),
            _ => RedirectToPage(),
            _ => RedirectToPage(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostSpamAsync(string address, CancellationToken ct)
    {
        if (await FindAsync(address, ct) is not { } found) return NotFound();

        View = FilterView.Again(found, Here(found), Spam);
        return (await mark.RunAsync(Spam with { MailboxId = found.MailboxId }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["SpamSaved"], "", link: null, Here(found)),
            problems => this.Refused(problems, nameof(Spam)),
            _ => RedirectToPage(),
            () => NotFound());
    }

    private async Task<FilterList?> FindAsync(string segment, CancellationToken ct) =>
        AddressText.TryFromRoute(segment, out var address) ? await rows.FindAsync(address, HttpContext.Actor(), ct) : null;

    private string Here(FilterList list) => Url.Page("OfMailbox", new { address = list.Address })!;
}
