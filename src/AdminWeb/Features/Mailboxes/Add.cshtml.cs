using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Adds a mailbox to a domain; what will happen stands beside the form.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AddModel(DomainRows domains, MailboxRows mailboxes, AliasRows aliases, CreateMailbox createMailbox, IStringLocalizer<MailboxesText> words) : PageModel
{
    [BindProperty]
    public CreateMailbox.Input Input { get; set; } = new();

    public DomainDetail Domain { get; private set; } = null!;

    /// <summary>Null where the domain has none.</summary>
    public GroupSize? Groups { get; private set; }

    /// <param name="like">A mailbox whose settings the form starts with: all but its name, address and password.</param>
    public async Task<IActionResult> OnGetAsync(string domain, string? like, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        Input = new CreateMailbox.Input { Quota = SizeInput.Of(Domain.DefaultQuota) };
        Groups = await aliases.GroupsAsync(Domain.Id, ct);
        if (AddressText.TryFromRoute(like ?? "", out var address) && await mailboxes.LikeAsync(address, HttpContext.Actor(), ct) is { } model) Input = model;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        // The form starts with the domain's default, so an empty field is a decision; an empty password asks for one.
        Input = Input with
        {
            DomainName = Domain.Name.Value,
            HasNoQuota = string.IsNullOrWhiteSpace(Input.Quota),
            GeneratesPassword = string.IsNullOrEmpty(Input.Password),
        };
        return (await createMailbox.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => ShownOnce.Saved(this, words["Added"], saved, AddressText.Unicode(saved.Name), Url.Page("Edit", new { address = saved.Name })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await domains.FindAsync(name, HttpContext.Actor(), ct, namesRoles: false) is not { } found) return false;
        if (!found.Allowed.HasFlag(DomainPermissions.Mailboxes)) return false;

        Domain = found;
        return true;
    }
}
