using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>Adds an alias domain.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class AddModel(CreateAliasDomain createAliasDomain, DomainRows domains, IStringLocalizer<AliasDomainsText> words) : PageModel
{
    private const int Suggested = 100;

    [BindProperty]
    public CreateAliasDomain.Input Input { get; set; } = new();

    /// <summary>The first hosted domains, suggested while somebody types.</summary>
    public IReadOnlyList<DomainName> Targets { get; private set; } = [];

    public async Task OnGetAsync(string? target, CancellationToken ct)
    {
        Input = new CreateAliasDomain.Input { TargetName = target };
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return (await createAliasDomain.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["Added"], DomainName.Parse(saved.Name).Unicode, Url.Page("Show", new { domain = saved.Name }), Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task LoadAsync(CancellationToken ct) => Targets = await domains.NamesAsync(HttpContext.Actor(), DomainPermissions.None, ct, Suggested);
}
