using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Where the link to a recovery address leads. Opening it confirms nothing: mail servers open links, too.</summary>
[AllowAnonymous]
public sealed class ConfirmModel(MailLinks links, ConfirmRecoveryAddress confirm, IStringLocalizer<SelfServiceText> words) : PageModel
{
    [BindProperty]
    public ConfirmRecoveryAddress.Input Input { get; set; } = new();

    /// <summary>Null where the link is good for nothing.</summary>
    public MailLink? Link { get; private set; }

    public async Task OnGetAsync(string? link, CancellationToken ct)
    {
        Input = new() { Link = link };
        Link = await links.FindAsync(MailLinkKind.Recovery, link, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => (await confirm.RunAsync(Input, HttpContext.Visitor(), ct)).Match<IActionResult>(
        _ => this.Saved(words["RecoveryConfirmed"], "", null, User.Identity is { IsAuthenticated: true } ? "/me" : "/sign-in"),
        problems => this.Refused(problems),
        _ => Page(),
        Page);
}
