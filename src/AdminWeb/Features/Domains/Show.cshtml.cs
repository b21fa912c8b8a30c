using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>One domain: what it holds, how much it may, and whether it is active.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ShowModel(DomainRows domains, SetDomainActive setActive, IStringLocalizer<DomainsText> words) : PageModel
{
    public DomainDetail Domain { get; private set; } = null!;

    /// <summary>What is not allowed is not offered.</summary>
    public DomainPermissions Allowed => Domain.Allowed;

    public bool MayChange { get; private set; }

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostStateAsync(string domain, [BindRequired] bool active, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var here = Url.Page("Show", new { domain = Domain.Name.Value })!;
        return (await setActive.RunAsync(new() { Id = Domain.Id, IsActive = active }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words[active ? "Activated" : "Deactivated"], Domain.Name.Unicode, here, here),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!DomainName.TryParse(domain, out var name) || await domains.FindAsync(name, actor, ct, countsUsed: true) is not { } found) return false;

        Domain = found;
        MayChange = actor.IsSuperadmin;
        return true;
    }
}
