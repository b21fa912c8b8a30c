using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Changes where a relay domain's mail goes.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class EditModel(RelayDomainRows relayDomains, UpdateRelayDomain updateRelayDomain, IStringLocalizer<RelayDomainsText> words) : PageModel
{
    [BindProperty]
    public UpdateRelayDomain.Input Input { get; set; } = new();

    public RelayDomainRow Row { get; private set; } = null!;

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        Input = Stored();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        // The state has a button of its own.
        Input = this.Merged(Input, Stored()) with { Id = Row.Id, IsActive = Row.IsActive };
        var outcome = await updateRelayDomain.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(domain, ct)) Stale = await this.StaleAsync(Input, Stored(), "relay-domain", Row.Name.Value, ct);
        var page = Url.Page("Show", new { domain = Row.Name.Value })!;
        return outcome.Match(
            _ => this.Saved(words["Updated"], Row.Name.Unicode, page, page),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    private UpdateRelayDomain.Input Stored() => new()
    {
        Version = Row.Version,
        Description = Row.Description,
        NextHop = Row.NextHop,
        RecipientLimit = Row.RecipientLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await relayDomains.FindAsync(name, HttpContext.Actor(), ct) is not { } found) return false;

        Row = found;
        return true;
    }
}
