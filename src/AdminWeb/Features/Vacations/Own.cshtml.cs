using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>What the owner's mailbox answers while the owner is away.</summary>
[OwnerMay(OwnerRights.Vacation)]
public sealed class OwnModel(VacationRows rows, SetVacation set, IStringLocalizer<VacationsText> words) : EditPage<SetVacation.Input>
{
    public VacationRow Row { get; private set; } = null!;

    /// <summary>What it answers for.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = Row.MailboxId };
        var outcome = await set.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "mailbox", Row.Address, () => LoadAsync(ct), _ => this.Saved(words[Input.IsOn ? "SavedOn" : "SavedOff"], "", null, "/me/vacation"), ct);
    }

    protected override SetVacation.Input Stored() => VacationForm.Of(Row);

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        Addresses = await rows.AddressesAsync(found, ct);
        return true;
    }
}
