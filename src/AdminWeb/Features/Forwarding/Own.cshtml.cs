using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Forwarding;

/// <summary>Where the owner's mail goes.</summary>
[OwnerMay(OwnerRights.Forward)]
public sealed class OwnModel(ForwardRows rows, SetForward set, IStringLocalizer<ForwardingText> words) : EditPage<SetForward.Input>
{
    public ForwardRow Row { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = Row.MailboxId };
        var outcome = await set.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "mailbox", Row.Address, () => LoadAsync(ct), _ => this.Saved(words["Saved"], "", null, "/me/forward"), ct);
    }

    protected override SetForward.Input Stored() => new()
    {
        Id = Row.MailboxId,
        Version = Row.Version,
        Forwards = string.Join('\n', Row.Forwards.Select(AddressText.Unicode)),
        KeepsCopy = Row.KeepsCopy,
    };

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await rows.OwnAsync(HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        return true;
    }
}
