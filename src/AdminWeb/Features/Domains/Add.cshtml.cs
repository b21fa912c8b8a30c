using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Adds a hosted domain.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AddModel(CreateDomain createDomain, DomainRows domains, TemplateRows templates, IStringLocalizer<DomainsText> words) : PageModel
{
    [BindProperty]
    public CreateDomain.Input Input { get; set; } = new();

    /// <summary>To start from.</summary>
    public IReadOnlyList<TemplateRow> Templates { get; private set; } = [];

    /// <summary>The role addresses are a superadmin's to choose; for everybody else the template has them.</summary>
    public bool ChoosesRoles => HttpContext.Actor().IsSuperadmin;

    public async Task<IActionResult> OnGetAsync(long? template, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        if (Templates.FirstOrDefault(t => t.Id == template) is { } chosen) Input = new CreateDomain.Input { TemplateId = chosen.Id }.FilledFrom(chosen.Form);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        return (await createDomain.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            saved =>
            {
                var page = Url.Page("Show", new { domain = saved.Name })!;
                return this.Saved(words["Added"], DomainName.Parse(saved.Name).Unicode, page, page);
            },
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Templates = await templates.AllAsync(HttpContext.Actor(), ct);
        return await domains.MayCreateAsync(HttpContext.Actor(), ct);
    }
}
