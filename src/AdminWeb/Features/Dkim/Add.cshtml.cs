using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>A new key of a domain: made here, or brought along.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AddModel(DkimRows keys, AddDkimKey add, IStringLocalizer<DkimText> words) : PageModel
{
    [BindProperty]
    public AddDkimKey.Input Input { get; set; } = new();

    public DkimOverview Overview { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var outcome = await add.RunAsync(Input with { DomainId = Overview.DomainId }, HttpContext.Actor(), ct);
        return outcome.Match(
            saved => this.Saved(words["Added"], saved.Name, null, Url.Page("Index", new { domain = Overview.Domain.Value })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await keys.FindAsync(name, HttpContext.Actor(), ct) is not { } found) return false;

        Overview = found;
        return true;
    }
}
