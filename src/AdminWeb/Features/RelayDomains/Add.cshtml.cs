using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Adds a relay domain.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class AddModel(CreateRelayDomain createRelayDomain, IStringLocalizer<RelayDomainsText> words) : PageModel
{
    [BindProperty]
    public CreateRelayDomain.Input Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        (await createRelayDomain.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved =>
            {
                var page = Url.Page("Show", new { domain = saved.Name })!;
                return this.Saved(words["Added"], DomainName.Parse(saved.Name).Unicode, page, page);
            },
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
}
