using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Gives a mailbox another password, typed or made by the panel.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class PasswordModel(MailboxRows mailboxes, SetMailboxPassword setPassword, IStringLocalizer<MailboxesText> words) : PageModel
{
    [BindProperty]
    public SetMailboxPassword.Input Input { get; set; } = new();

    public MailboxHead Mailbox { get; private set; } = null!;

    public string Address => AddressText.Unicode(Mailbox.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct) => await LoadAsync(address, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        Input = Input with { Id = Mailbox.Id, GeneratesPassword = string.IsNullOrEmpty(Input.Password) };
        return (await setPassword.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => ShownOnce.Saved(this, words["PasswordSet"], saved, Address, Url.Page("Edit", new { address = Mailbox.Address })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await mailboxes.HeadAsync(address, HttpContext.Actor(), ct) is not { } found) return false;

        Mailbox = found;
        return found.Allowed.HasFlag(DomainPermissions.Passwords);
    }
}
