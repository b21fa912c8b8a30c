using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Which kinds of accounts must have a second factor.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class RulesModel(RoleRuleRows rows, SetRoleRules set, IStringLocalizer<AdminsText> words) : PageModel
{
    [BindProperty]
    public SetRoleRules.Input Input { get; set; } = new();

    public IReadOnlyList<RoleRuleRow> Kinds { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = new() { SecondFactor = [.. Kinds.Where(k => k.NeedsSecondFactor).Select(k => k.Kind)] };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return (await set.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["RulesSaved"], "", link: null, next: "/admins"), problems => this.Refused(problems), _ => this.Conflict(), () => NotFound());
    }

    private async Task LoadAsync(CancellationToken ct) => Kinds = await rows.AllAsync(HttpContext.Actor(), ct);
}
