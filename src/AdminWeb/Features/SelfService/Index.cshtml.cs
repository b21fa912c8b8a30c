using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>The start of a mailbox owner: what is stored, where mail goes, who signed in, and what needs attention.</summary>
[Authorize(Policy = Policies.Owner)]
public sealed class IndexModel(OwnMailboxRows own) : PageModel
{
    public OwnMailbox Mailbox { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await own.FindAsync(HttpContext.Actor(), ct) is not { } found) return NotFound();

        Mailbox = found;
        return Page();
    }

    /// <summary>"IMAP, sending": what mail programs may do.</summary>
    public string Allowed(IStringLocalizer<SelfServiceText> words)
    {
        string[] allowed = [.. Enum.GetValues<ClientProtocol>().Where(Mailbox.Access.Allows).Select(p => words[$"Program{p}"].Value)];
        return allowed.Length == 0 ? words["NoProgram"] : string.Join(", ", allowed);
    }
}
