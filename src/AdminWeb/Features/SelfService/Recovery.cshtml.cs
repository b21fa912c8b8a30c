using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Where a forgotten password is replaced from.</summary>
[OwnerMay(OwnerRights.Recovery)]
public sealed class RecoveryModel(OwnMailboxRows own, ChooseRecoveryAddress choose, SendRecoveryLink send, IStringLocalizer<SelfServiceText> words) : PageModel
{
    private const string Here = "/me/recovery";

    [BindProperty]
    public ChooseRecoveryAddress.Input Input { get; set; } = new();

    public OwnRecovery Recovery { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = Stored;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        return (await choose.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words[string.IsNullOrWhiteSpace(Input.RecoveryAddress) ? "RecoveryRemoved" : "RecoverySaved"], "", null, Here),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostSendAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        ModelState.Clear();
        Input = Stored;
        return (await send.RunAsync(HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["RecoveryLinkSent"], "", null, Here),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private ChooseRecoveryAddress.Input Stored => new() { RecoveryAddress = Recovery.Address is { } address ? AddressText.Unicode(address) : null };

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await own.RecoveryAsync(HttpContext.Actor(), ct) is not { } found) return false;

        Recovery = found;
        return true;
    }
}
