using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Where the link for a forgotten password leads.</summary>
[AllowAnonymous]
public sealed class NewPasswordModel(ReplaceForgottenPassword replace, IStringLocalizer<SelfServiceText> words) : PageModel
{
    [BindProperty]
    public ReplaceForgottenPassword.Input Input { get; set; } = new();

    /// <summary>Null where the link is good for nothing.</summary>
    public string? Address { get; private set; }

    public async Task OnGetAsync(string? link, CancellationToken ct)
    {
        Input = new() { Link = link };
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => await (await replace.RunAsync(Input, HttpContext.Visitor(), ct)).Match<Task<IActionResult>>(
        done: _ => Task.FromResult(this.Saved(words["PasswordSaved"], "", null, "/sign-in")),
        refused: async problems =>
        {
            await LoadAsync(ct);
            return this.Refused(problems);
        },
        conflict: _ => Task.FromResult<IActionResult>(Page()),
        notFound: () => Task.FromResult<IActionResult>(Page()));

    private async Task LoadAsync(CancellationToken ct) => Address = (await replace.FindAsync(Input.Link, HttpContext.Visitor(), ct))?.Mailbox!.Entry!.Address;
}
