using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>The templates that new domains start from.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class TemplatesModel(TemplateRows templates) : PageModel
{
    public IReadOnlyList<TemplateRow> List { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => List = await templates.AllAsync(HttpContext.Actor(), ct);
}
