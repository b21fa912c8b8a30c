using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>What the owner's mailbox answers while the owner is away.</summary>
[OwnerMay(OwnerRights.Vacation)]
public sealed class OwnModel(VacationRows rows, SetVacation set, IStringLocalizer<VacationsText> words) : PageModel
{
    [BindProperty]
    public SetVacation.Input Input { get; set; } = new();

    public VacationRow Row { get; private set; } = null!;

    /// <summary>What it answers for.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = VacationForm.Of(Row);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = this.Merged(Input, VacationForm.Of(Row)) with { Id = Row.MailboxId };
        var outcome = await set.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(ct)) Stale = await this.StaleAsync(Input, VacationForm.Of(Row), "mailbox", Row.Address, ct);
        return outcome.Match(
            _ => this.Saved(words[Input.IsOn ? "SavedOn" : "SavedOff"], "", null, "/me/vacation"),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        Addresses = await rows.AddressesAsync(found, ct);
        return true;
    }
}
