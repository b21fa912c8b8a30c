using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>Says what deleting an alias domain takes away, and does that.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class DeleteModel(AliasDomainRows aliasDomains, DeleteAliasDomain deleteAliasDomain, IStringLocalizer<AliasDomainsText> words) : PageModel
{
    public AliasDomainRow Row { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        return (await deleteAliasDomain.RunAsync(new() { Id = Row.Id }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["Deleted"], Row.Name.Unicode, null, Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await aliasDomains.FindAsync(name, HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        return true;
    }
}
