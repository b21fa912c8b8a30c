using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>The browsers in which somebody is signed in to the panel, and the way to end what should not be.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class SessionsModel(PanelSessions sessions, EndPanelSessions end, IStringLocalizer<SignInText> words) : PageModel
{
    /// <summary>The one seen last first.</summary>
    public IReadOnlyList<PanelSession> Sessions { get; private set; } = [];

    public long Own => HttpContext.SessionId();

    public async Task OnGetAsync(CancellationToken ct) => Sessions = await sessions.OfAsync(HttpContext.Account(), ct);

    /// <param name="id">One of the others; null is all of them.</param>
    public async Task<IActionResult> OnPostEndAsync(long? id, CancellationToken ct)
    {
        if (!ModelState.IsValid) return BadRequest();

        var outcome = await end.RunAsync(new() { Own = Own, Id = id }, HttpContext.Actor(), ct);
        return outcome.Match(
            ended => this.Saved(ended == 1 ? words["SessionEnded"] : words["SessionsEnded", ended], "", link: null, next: "/account/sessions"),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }
}
