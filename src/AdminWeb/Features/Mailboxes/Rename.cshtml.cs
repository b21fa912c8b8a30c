using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Gives a mailbox another address; what follows it and what stays stands beside the form.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class RenameModel(MailboxRows mailboxes, RenameMailbox renameMailbox, IStringLocalizer<MailboxesText> words) : PageModel
{
    [BindProperty]
    public RenameMailbox.Input Input { get; set; } = new();

    public MailboxHead Mailbox { get; private set; } = null!;

    /// <summary>The first aliases and forwards to it that the actor sees.</summary>
    public IReadOnlyList<ForwarderRow> ForwardedFrom { get; private set; } = [];

    public string Address => AddressText.Unicode(Mailbox.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        Input = new RenameMailbox.Input { NewAddress = Address };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        // Where the choice was not offered, nothing was chosen.
        Input = Input with { Id = Mailbox.Id, KeepsOldAddress = Input.KeepsOldAddress && Mailbox.Allowed.HasFlag(DomainPermissions.Aliases) };
        return (await renameMailbox.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved =>
            {
                var page = Url.Page("Edit", new { address = saved.Name })!;
                return this.Saved(words["Renamed"], AddressText.Unicode(saved.Name), page, page);
            },
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await mailboxes.HeadAsync(address, HttpContext.Actor(), ct) is not { } found) return false;

        Mailbox = found;
        if (!found.Allowed.HasFlag(DomainPermissions.Mailboxes)) return false;

        ForwardedFrom = await mailboxes.ForwardedFromAsync(found, HttpContext.Actor(), ct);
        return true;
    }
}
