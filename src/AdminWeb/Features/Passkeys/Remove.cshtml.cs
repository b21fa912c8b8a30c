using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>Removes one of one's own passkeys.</summary>
[Authorize(Policy = Policies.SecondFactor)]
public sealed class RemoveModel(RemovePasskey remove, PasskeyRows rows, SecondFactorRows factors, CeremonyCookie cookie, SignInManager<Account> signIn, IStringLocalizer<PasskeysText> words) : PageModel
{
    [BindProperty]
    public RemovePasskey.Input Input { get; set; } = new();

    public PasskeyRow Passkey { get; private set; } = null!;

    public SecondFactorState State { get; private set; } = null!;

    /// <summary>No factor is left without it.</summary>
    public bool IsLast => State is { HasApp: false, Passkeys: 1 };

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        var outcome = await remove.RunAsync(Input with { Id = id, Ceremony = cookie.Take(HttpContext) }, HttpContext.Actor(), ct);
        return await outcome.Match<Task<IActionResult>>(
            async removed =>
            {
                await signIn.RefreshAsync(removed.Account);
                return this.Saved(words[removed.TurnedOff ? "RemovedLast" : "Removed"], removed.Name, link: null, next: "/account/passkeys");
            },
            problems => Task.FromResult<IActionResult>(this.Refused(problems)),
            _ => Task.FromResult<IActionResult>(RedirectToPage()),
            () => Task.FromResult<IActionResult>(NotFound()));
    }

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if ((await rows.OwnAsync(HttpContext.Actor(), ct)).FirstOrDefault(p => p.Id == id) is not { } found) return false;

        Passkey = found;
        State = await factors.OwnAsync(HttpContext.Actor(), ct);
        return true;
    }
}
