using System.Globalization;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>What the owners of a domain's mailboxes do alone.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class OfDomainModel(SelfServiceRows rows, SetSelfService set, IStringLocalizer<SelfServiceText> words) : EditPage<SetSelfService.Input>
{
    public DomainSelfService Domain { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = Domain.Id };
        var outcome = await set.RunAsync(Input, HttpContext.Actor(), ct);
        var page = Url.Page("/Domains/Show", new { domain = Domain.Name.Value })!;
        return await AnswerAsync(outcome, "domain", Domain.Name.Value, () => LoadAsync(domain, ct), _ => this.Saved(words["SelfServiceSaved"], Domain.Name.Unicode, page, page), ct);
    }

    protected override SetSelfService.Input Stored() => new()
    {
        Id = Domain.Id, Version = Domain.Version, Rights = Domain.Rights.Words(), NeedsSecondFactor = Domain.NeedsSecondFactor,
        OwnAliasLimit = Domain.OwnAliasLimit?.ToString(CultureInfo.InvariantCulture), PasswordMinLength = Domain.PasswordMinLength?.ToString(CultureInfo.InvariantCulture),
    };

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await rows.OfDomainAsync(name, HttpContext.Actor(), ct) is not { } found) return false;

        Domain = found;
        return true;
    }
}
