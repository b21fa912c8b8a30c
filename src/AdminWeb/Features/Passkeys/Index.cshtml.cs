using AdminPanel.Data;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>The passkeys of whoever is signed in; and the question to one of them, for whatever asks for a factor once more.</summary>
[Authorize(Policy = Policies.SecondFactor)]
public sealed class IndexModel(PasskeyRows rows, PasskeyQuestions questions, CeremonyCookie cookie, AdminDb db) : PageModel
{
    public IReadOnlyList<PasskeyRow> Passkeys { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Passkeys = await rows.OwnAsync(HttpContext.Actor(), ct);

    public async Task<IActionResult> OnPostAskAsync(CancellationToken ct) =>
        await db.PasskeyOwnerAsync(HttpContext.Actor(), ct) is { } account ? Content(cookie.Keep(HttpContext, await questions.AskAsync(CeremonyPurpose.Proof, account)), "application/json") : NotFound();
}
