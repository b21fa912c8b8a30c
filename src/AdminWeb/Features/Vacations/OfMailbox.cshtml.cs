using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>The vacation reply of a mailbox, for an admin who sets it for the owner.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class OfMailboxModel(VacationRows rows, SetVacation set, IStringLocalizer<VacationsText> words) : PageModel
{
    [BindProperty]
    public SetVacation.Input Input { get; set; } = new();

    public VacationRow Row { get; private set; } = null!;

    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public StaleForm? Stale { get; private set; }

    public string Address => AddressText.Unicode(Row.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        Input = VacationForm.Of(Row);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        Input = this.Merged(Input, VacationForm.Of(Row)) with { Id = Row.MailboxId };
        var outcome = await set.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(address, ct)) Stale = await this.StaleAsync(Input, VacationForm.Of(Row), "mailbox", Row.Address, ct);
        var here = Url.Page("OfMailbox", new { address = Row.Address })!;
        return outcome.Match(
            _ => this.Saved(words[Input.IsOn ? "SavedOnFor" : "SavedOffFor"], Address, Url.Page("/Mailboxes/Edit", new { address = Row.Address }), here),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await rows.FindAsync(address, HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        Addresses = await rows.AddressesAsync(found, ct);
        return true;
    }
}
