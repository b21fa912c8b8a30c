using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>The passwords of a mailbox's mail programs, for whoever sets passwords of the domain: to see, and to end.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class OfMailboxModel(AppPasswordRows passwords, RevokeAppPassword revoke, ResetSecondFactor resetSecondFactor, IStringLocalizer<AppPasswordsText> words) : PageModel
{
    [BindProperty]
    public RevokeAppPassword.Input Input { get; set; } = new();

    public AppPasswordList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct) => await LoadAsync(address, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRevokeAsync(string address, CancellationToken ct)
    {
        // One of the mailbox that the page is about, whatever number was sent.
        if (!await LoadAsync(address, ct) || List.Passwords.All(p => p.Id != Input.Id)) return NotFound();

        return (await revoke.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["Revoked"], saved.Name, link: null, Url.Page("OfMailbox", new { address = List.Address })!),
            _ => RedirectToPage(),
            _ => RedirectToPage(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostResetAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        return (await resetSecondFactor.RunAsync(new() { MailboxId = List.MailboxId }, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["SecondFactorReset"], AddressText.Unicode(saved.Name), link: null, Url.Page("OfMailbox", new { address = List.Address })!),
            _ => RedirectToPage(),
            _ => RedirectToPage(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await passwords.FindAsync(address, HttpContext.Actor(), ct) is not { } found) return false;

        List = found;
        return true;
    }
}
