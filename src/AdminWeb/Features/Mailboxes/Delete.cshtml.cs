using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Says what deleting a mailbox takes away, and does exactly that.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class DeleteModel(DeleteMailbox deleteMailbox, IStringLocalizer<MailboxesText> words) : PageModel
{
    [BindProperty]
    public DeleteMailbox.Input Input { get; set; } = new();

    public MailboxDeletion Plan { get; private set; } = null!;

    public string Address => AddressText.Unicode(Plan.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct) => await LoadAsync(address, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        var outcome = await deleteMailbox.RunAsync(Input with { Id = Plan.Id }, HttpContext.Actor(), ct);
        if (outcome is Outcome<MailboxDeletion>.Refused && !await LoadAsync(address, ct)) return NotFound();

        return outcome.Match(
            _ => this.Saved(words["Deleted"], Address, null, Url.Page("OfDomain", new { domain = Plan.DomainName })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await deleteMailbox.PlanAsync(address, HttpContext.Actor(), ct) is not { } plan) return false;

        Plan = plan;
        return true;
    }
}
