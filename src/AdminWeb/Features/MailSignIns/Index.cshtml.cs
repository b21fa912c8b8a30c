using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>Which mail programs signed in to a mailbox, from where, and which were refused.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(SignInRows signIns) : PageModel
{
    public MailboxSignIns SignIns { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(address, out var mailbox) || await signIns.FindAsync(mailbox, HttpContext.Actor(), ct) is not { } found) return NotFound();

        SignIns = found;
        return Page();
    }
}
