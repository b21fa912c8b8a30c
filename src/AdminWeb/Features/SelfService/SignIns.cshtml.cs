using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Which mail programs signed in to the owner's mailbox, from where, and which were refused.</summary>
[Authorize(Policy = Policies.Owner)]
public sealed class SignInsModel(SignInRows signIns) : PageModel
{
    public MailboxSignIns SignIns { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await signIns.OwnAsync(HttpContext.Actor(), ct) is not { } found) return NotFound();

        SignIns = found;
        return Page();
    }
}
