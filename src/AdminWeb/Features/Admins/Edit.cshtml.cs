using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Changes what an admin is and may do.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class EditModel(AdminRows admins, UpdateAdmin updateAdmin, DomainRows domains, IStringLocalizer<AdminsText> words) : EditPage<UpdateAdmin.Input>
{
    public AdminDetail Admin { get; private set; } = null!;

    public AssignableDomains Domains { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string login, CancellationToken ct)
    {
        if (!await LoadAsync(login, ct)) return NotFound();

        Input = Stored();
        await LoadDomainsAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string login, CancellationToken ct)
    {
        if (!await LoadAsync(login, ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = Admin.Id, Domains = AssignableDomains.Read(Input.Domains), Permissions = AssignableDomains.Read(Input.Permissions) };
        await LoadDomainsAsync(ct);
        var outcome = await updateAdmin.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "admin", Admin.Login, () => LoadAsync(login, ct), _ => this.Saved(words["Updated"], Admin.Login, Url.Page("Edit", new { login = Admin.Login }), Url.Page("Index")!), ct);
    }

    protected override UpdateAdmin.Input Typed => Input with { Permissions = AssignableDomains.BoxesOf(Input) };

    protected override UpdateAdmin.Input Stored() => new()
    {
        Version = Admin.Version,
        Kind = Admin.Kind,
        IsActive = Admin.IsActive,
        DomainLimit = Admin.DomainLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Domains = [.. Admin.Domains.Select(d => d.Name.Value)],
        Permissions = AssignableDomains.Boxes(Admin.Domains),
    };

    private async Task LoadDomainsAsync(CancellationToken ct) => Domains = await AssignableDomains.OfAsync(domains, Input, HttpContext.Actor(), ct);

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (await AdminRoute.FindAsync(admins, segment, HttpContext.Actor(), ct) is not { } found) return false;

        Admin = found;
        return true;
    }
}
