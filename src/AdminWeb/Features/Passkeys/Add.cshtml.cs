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

/// <summary>Adds a passkey, in two steps: the proofs, and the device. What comes with the first factor is shown once.</summary>
[Authorize(Policy = Policies.SecondFactor)]
public sealed class AddModel(
    StartPasskey startPasskey, AddPasskey addPasskey, SecondFactorRows factors, CeremonyCookie cookie, SignInManager<Account> signIn, IStringLocalizer<PasskeysText> words, IStringLocalizer<SecondFactorText> factorWords) : PageModel
{
    [BindProperty]
    public StartPasskey.Input Start { get; set; } = new();

    [BindProperty]
    public AddPasskey.Input Finish { get; set; } = new();

    public SecondFactorState State { get; private set; } = null!;

    /// <summary>What the device is asked; null before the proofs.</summary>
    public string? Question { get; private set; }

    /// <summary>What the first factor brought; null otherwise.</summary>
    public FactorSecrets? Made { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Start = Start with { Ceremony = cookie.Take(HttpContext) };
        var outcome = await startPasskey.BeginAsync(Start, HttpContext.Actor(), ct);
        return await outcome.Match(
            started =>
            {
                Question = cookie.Keep(HttpContext, started);
                return ShowAsync(ct);
            },
            problems => AgainAsync(problems, "Start", ct), _ => ShowAsync(ct), () => Task.FromResult<IActionResult>(NotFound()));
    }

    public async Task<IActionResult> OnPostFinishAsync(CancellationToken ct)
    {
        Finish = Finish with { Ceremony = cookie.Take(HttpContext), AppPasswordName = factorWords["FirstAppPassword"] };
        var outcome = await addPasskey.RunAsync(Finish, HttpContext.Actor(), ct);
        return await outcome.Match(
            async made =>
            {
                await signIn.RefreshAsync(made.Account);
                if (made.RecoveryCodes.Count == 0) return this.Saved(words["AddedOne"], "", link: null, next: "/account/passkeys");

                Made = made.Once;
                return await ShowAsync(ct);
            },
            problems => AgainAsync(problems, "Start", ct), _ => ShowAsync(ct), () => Task.FromResult<IActionResult>(NotFound()));
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        State = await factors.OwnAsync(HttpContext.Actor(), ct);
        return Page();
    }

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Data.Problem> problems, string form, CancellationToken ct)
    {
        this.Refused(problems, form);
        return await ShowAsync(ct);
    }
}
