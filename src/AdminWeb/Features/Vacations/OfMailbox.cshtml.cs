using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>The vacation reply of a mailbox, for an admin who sets it for the owner.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class OfMailboxModel(VacationRows rows, SetVacation set, IStringLocalizer<VacationsText> words) : EditPage<SetVacation.Input>
{
    public VacationRow Row { get; private set; } = null!;

    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public string Address => AddressText.Unicode(Row.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct) => await LoadAsync(address, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = Row.MailboxId };
        var outcome = await set.RunAsync(Input, HttpContext.Actor(), ct);
        var here = Url.Page("OfMailbox", new { address = Row.Address })!;
        return await AnswerAsync(outcome, "mailbox", Row.Address, () => LoadAsync(address, ct), _ => this.Saved(words[Input.IsOn ? "SavedOnFor" : "SavedOffFor"], Address, Url.Page("/Mailboxes/Edit", new { address = Row.Address }), here), ct);
    }

    protected override SetVacation.Input Stored() => VacationForm.Of(Row);

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await rows.FindAsync(address, HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        Addresses = await rows.AddressesAsync(found, ct);
        return true;
    }
}
