using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Changes where a relay domain's mail goes.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class EditModel(RelayDomainRows relayDomains, UpdateRelayDomain updateRelayDomain, IStringLocalizer<RelayDomainsText> words) : EditPage<UpdateRelayDomain.Input>
{
    public RelayDomainRow Row { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        // The state has a button of its own.
        Input = this.Merged(Input, Stored()) with { Id = Row.Id, IsActive = Row.IsActive };
        var outcome = await updateRelayDomain.RunAsync(Input, HttpContext.Actor(), ct);
        var page = Url.Page("Show", new { domain = Row.Name.Value })!;
        return await AnswerAsync(outcome, "relay-domain", Row.Name.Value, () => LoadAsync(domain, ct), _ => this.Saved(words["Updated"], Row.Name.Unicode, page, page), ct);
    }

    protected override UpdateRelayDomain.Input Stored() => new()
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
