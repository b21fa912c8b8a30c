using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>The second factor of whoever is signed in: on, off, and the codes for the day when the phone is gone.</summary>
[Authorize(Policy = Policies.SecondFactor)]
public sealed class IndexModel(
    SecondFactorRows rows, TurnOnAuthenticator turnOn, TurnOffSecondFactor turnOff, RenewRecoveryCodes renew, SecretSeal seal, SignInManager<Account> signIn, CeremonyCookie cookie, PanelSettings panel,
    IStringLocalizer<SecondFactorText> words) : PageModel
{
    private byte[] secret = [];

    [BindProperty]
    public TurnOnAuthenticator.Input On { get; set; } = new();

    [BindProperty]
    public TurnOffSecondFactor.Input Off { get; set; } = new();

    [BindProperty]
    public RenewRecoveryCodes.Input Renew { get; set; } = new();

    public SecondFactorState State { get; private set; } = null!;

    /// <summary>The rules ask for one, and until there is one nothing else is open.</summary>
    public bool IsOwed => !State.IsOn && Policies.OwesSecondFactor(User);

    /// <summary>Shown with the answer that made it, and never again.</summary>
    public FactorSecrets? Made { get; private set; }

    /// <summary>What the app reads from the picture.</summary>
    public string Uri => Totp.Uri(new Uri(panel.Url).Host, HttpContext.Actor().Login, secret);

    /// <summary>The same to be typed, in groups of four.</summary>
    public string Typed => string.Join(' ', Totp.Base32(secret).Chunk(4).Select(group => new string(group)));

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostOnAsync(CancellationToken ct)
    {
        On = On with { Ceremony = cookie.Take(HttpContext), AppPasswordName = words["FirstAppPassword"] };
        var outcome = await turnOn.RunAsync(On, HttpContext.Actor(), ct);
        return await outcome.Match(
            async done =>
            {
                Made = done.Once;
                await signIn.RefreshAsync(done.Account);
                return await ShowAsync(ct);
            },
            problems => AgainAsync(problems, "On", ct), _ => ShowAsync(ct), () => Task.FromResult<IActionResult>(NotFound()));
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken ct)
    {
        var outcome = await turnOff.RunAsync(Off with { Ceremony = cookie.Take(HttpContext) }, HttpContext.Actor(), ct);
        return await outcome.Match<Task<IActionResult>>(
            async account =>
            {
                await signIn.RefreshAsync(account);
                return this.Saved(words[Off.AppOnly ? "AppRemoved" : "TurnedOff"], "", link: null, next: "/account/second-factor");
            },
            problems => AgainAsync(problems, "Off", ct), _ => ShowAsync(ct), () => Task.FromResult<IActionResult>(NotFound()));
    }

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken ct)
    {
        var outcome = await renew.RunAsync(Renew with { Ceremony = cookie.Take(HttpContext) }, HttpContext.Actor(), ct);
        return await outcome.Match(
            codes =>
            {
                Made = new FactorSecrets(codes, null);
                return ShowAsync(ct);
            },
            problems => AgainAsync(problems, "Renew", ct), _ => ShowAsync(ct), () => Task.FromResult<IActionResult>(NotFound()));
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        State = await rows.OwnAsync(actor, ct);
        if (State.HasApp) return Page();

        // The same secret while a form is mended: the app has it already.
        secret = seal.Open(actor.AccountId!.Value, On.Secret) ?? Totp.NewSecret();
        ModelState.Remove("On.Secret");
        On = On with { Secret = seal.Close(actor.AccountId.Value, secret) };
        return Page();
    }

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Data.Problem> problems, string form, CancellationToken ct)
    {
        this.Refused(problems, form);
        return await ShowAsync(ct);
    }
}
