using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Dns;

/// <summary>What a hosted or an alias domain asks of others: DMARC and TLS.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class PoliciesModel(DnsRows dns, ChoosePolicies choose, IStringLocalizer<DnsText> words) : PageModel
{
    [BindProperty]
    public ChoosePolicies.Input Input { get; set; } = new();

    public DnsPlan Plan { get; private set; } = null!;

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

        Input = this.Merged(Input, Stored());
        var outcome = await choose.RunAsync(Plan.Domain.Name, Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(domain, ct)) Stale = await this.StaleAsync(Input, Stored(), SetDomainActive.Noun(Plan.Kind), Plan.Domain.Name.Value, ct);
        return outcome.Match(
            _ => this.Saved(words["PoliciesSaved"], Plan.Domain.Name.Unicode, null, Url.Page("Index", new { domain = Plan.Domain.Name.Value })!),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    private ChoosePolicies.Input Stored() => new() { Version = Plan.Version, Dmarc = Words.Of(Plan.Domain.Dmarc), MtaSts = ChoosePolicies.WordOf(Plan.Domain.MtaSts) };

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await dns.FindAsync(name, zone: null, HttpContext.Actor(), ct) is not { } found) return false;

        Plan = found;
        return found is { MayChange: true, Kind: DomainKind.Hosted or DomainKind.Alias };
    }
}
