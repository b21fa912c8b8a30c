using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>One alias domain: where its mail goes, and whether it is active.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ShowModel(AliasDomainRows aliasDomains, SetDomainActive setActive, IStringLocalizer<AliasDomainsText> words) : PageModel
{
    public AliasDomainRow Row { get; private set; } = null!;

    public bool MayChange { get; private set; }

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostStateAsync(string domain, [BindRequired] bool active, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var here = Url.Page("Show", new { domain = Row.Name.Value })!;
        return (await setActive.RunAsync(new() { Id = Row.Id, Kind = DomainKind.Alias, IsActive = active }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words[active ? "Activated" : "Deactivated"], Row.Name.Unicode, here, here),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!DomainName.TryParse(domain, out var name) || await aliasDomains.FindAsync(name, actor, ct) is not { } found) return false;

        Row = found;
        MayChange = actor.IsSuperadmin;
        return true;
    }
}
