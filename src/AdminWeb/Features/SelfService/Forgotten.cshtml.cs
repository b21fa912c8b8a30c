using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>For whoever forgot the password of a mailbox. What is answered tells nothing about the mailbox.</summary>
[AllowAnonymous]
public sealed class ForgottenModel(RequestPasswordLink request) : PageModel
{
    [BindProperty]
    public RequestPasswordLink.Input Input { get; set; } = new();

    public bool IsAsked { get; private set; }

    /// <param name="asked">Somebody asked, and reads what happens now.</param>
    public void OnGet(bool asked = false) => IsAsked = asked;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => (await request.RunAsync(Input, HttpContext.Visitor(), ct)).Match<IActionResult>(
        _ => RedirectToPage(new { asked = true }),
        problems => this.Refused(problems),
        _ => Page(),
        Page);
}
