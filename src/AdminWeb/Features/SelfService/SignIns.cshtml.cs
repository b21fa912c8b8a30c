using AdminPanel.Data;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.Sessions;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Who signed in to the owner's mailbox or to the panel for it, from where, and who was refused.</summary>
[Authorize(Policy = Policies.Owner)]
public sealed class SignInsModel(SignInRows signIns, TellOfNetworks tell, EndSessions end, IStringLocalizer<SelfServiceText> words) : PageModel
{
    public MailboxSignIns SignIns { get; private set; } = null!;

    /// <summary>Whether the owner is told of sign-ins from networks that were not seen before.</summary>
    public bool Tells { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await signIns.OwnAsync(HttpContext.Actor(), ct) is not { } found) return NotFound();

        (SignIns, Tells) = (found, HttpContext.Account().TellsOfNewNetworks);
        return Page();
    }

    /// <param name="tells">Whether a message is wanted.</param>
    public async Task<IActionResult> OnPostTellAsync(bool? tells, CancellationToken ct)
    {
        if (!ModelState.IsValid || tells is not { } wanted) return BadRequest();

        return Answer(await tell.RunAsync(new() { Tells = wanted }, HttpContext.Actor(), ct), wanted ? "TellingOn" : "TellingOff");
    }

    /// <summary>Of mail programs.</summary>
    public async Task<IActionResult> OnPostEndAsync(CancellationToken ct) => Answer(await end.RunAsync(new() { Id = HttpContext.Actor().MailboxId ?? 0 }, HttpContext.Actor(), ct), "MailSessionsEnd");

    private IActionResult Answer<T>(Outcome<T> outcome, string saved) => outcome.Match(
        _ => this.Saved(words[saved], "", link: null, next: "/me/sign-ins"), problems => this.Refused(problems), _ => this.Conflict(), () => NotFound());
}
