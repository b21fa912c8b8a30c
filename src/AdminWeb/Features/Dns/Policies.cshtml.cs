using AdminPanel.Data.Addresses;
using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Dns;

/// <summary>What a hosted or an alias domain asks of others: DMARC and TLS.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class PoliciesModel(DnsRows dns, ChoosePolicies choose, IStringLocalizer<DnsText> words) : EditPage<ChoosePolicies.Input>
{
    public DnsPlan Plan { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        Input = this.Merged(Input, Stored());
        var outcome = await choose.RunAsync(Plan.Domain.Name, Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, SetDomainActive.Noun(Plan.Kind), Plan.Domain.Name.Value, () => LoadAsync(domain, ct), _ => this.Saved(words["PoliciesSaved"], Plan.Domain.Name.Unicode, null, Url.Page("Index", new { domain = Plan.Domain.Name.Value })!), ct);
    }

    protected override ChoosePolicies.Input Stored() => new() { Version = Plan.Version, Dmarc = Words.Of(Plan.Domain.Dmarc), MtaSts = ChoosePolicies.WordOf(Plan.Domain.MtaSts) };

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await dns.FindAsync(name, zone: null, HttpContext.Actor(), ct) is not { } found) return false;

        Plan = found;
        return found is { MayChange: true, Kind: DomainKind.Hosted or DomainKind.Alias };
    }
}
