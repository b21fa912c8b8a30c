using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Adds a hosted domain.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AddModel(CreateDomain createDomain, DomainRows domains, IStringLocalizer<DomainsText> words) : PageModel
{
    [BindProperty]
    public CreateDomain.Input Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await domains.MayCreateAsync(HttpContext.Actor(), ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        (await createDomain.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved =>
            {
                var page = Url.Page("Show", new { domain = saved.Name })!;
                return this.Saved(words["Added"], DomainName.Parse(saved.Name).Unicode, page, page);
            },
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
}
