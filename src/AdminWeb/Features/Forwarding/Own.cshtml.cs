using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Forwarding;

/// <summary>Where the owner's mail goes.</summary>
[OwnerMay(OwnerRights.Forward)]
public sealed class OwnModel(ForwardRows rows, SetForward set, IStringLocalizer<ForwardingText> words) : PageModel
{
    [BindProperty]
    public SetForward.Input Input { get; set; } = new();

    public ForwardRow Row { get; private set; } = null!;

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = Stored();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = Row.MailboxId };
        var outcome = await set.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(ct)) Stale = await this.StaleAsync(Input, Stored(), "mailbox", Row.Address, ct);
        return outcome.Match(
            _ => this.Saved(words["Saved"], "", null, "/me/forward"),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    private SetForward.Input Stored() => new()
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
