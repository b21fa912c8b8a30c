using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Adds a group to a domain: everyone in it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AddGroupModel(DomainRows domains, AliasRows aliases, CreateAlias createAlias, IStringLocalizer<AliasesText> words) : PageModel
{
    [BindProperty]
    public CreateAlias.Input Input { get; set; } = new() { LocalPart = "everyone", IsInternal = true };

    public DomainDetail Domain { get; private set; } = null!;

    /// <summary>What the group would be now.</summary>
    public GroupSize Size { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        Input = Input with { DomainName = Domain.Name.Value, IsGroup = true };
        return (await createAlias.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(
                words["GroupAdded"],
                AddressText.Unicode(saved.Name),
                Url.Page("Edit", new { address = saved.Name }),
                Url.Page("OfDomain", new { domain = Domain.Name.Value })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await domains.FindAsync(name, HttpContext.Actor(), ct) is not { } found) return false;
        if (!found.Allowed.HasFlag(DomainPermissions.Aliases)) return false;

        Domain = found;
        Size = await aliases.GroupSizeAsync(found.Id, ct);
        return true;
    }
}
