using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Changes a domain's description, limits and state.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class EditModel(DomainRows domains, UpdateDomain updateDomain, IStringLocalizer<DomainsText> words) : EditPage<UpdateDomain.Input>
{
    public DomainDetail Domain { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct) => await LoadAsync(domain, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        // The state has a button of its own, and what is not offered is not taken away.
        var refuses = HttpContext.Actor().IsSuperadmin ? Input.RefusesMail : Domain.RefusesMail;
        Input = this.Merged(Input with { RefusesMail = refuses }, Stored()) with { Id = Domain.Id, IsActive = Domain.IsActive };
        var outcome = await updateDomain.RunAsync(Input, HttpContext.Actor(), ct);
        var page = Url.Page("Show", new { domain = Domain.Name.Value })!;
        return await AnswerAsync(outcome, "domain", Domain.Name.Value, () => LoadAsync(domain, ct), _ => this.Saved(words["Updated"], Domain.Name.Unicode, page, page), ct);
    }

    protected override UpdateDomain.Input Stored() => new()
    {
        Version = Domain.Version,
        Description = Domain.Description,
        MailboxLimit = Domain.MailboxLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        AliasLimit = Domain.AliasLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        QuotaLimit = SizeInput.Of(Domain.QuotaLimit),
        AllowsOvercommit = Domain.AllowsOvercommit,
        MailboxQuotaLimit = SizeInput.Of(Domain.MailboxQuotaLimit),
        DefaultQuota = SizeInput.Of(Domain.DefaultQuota),
        WelcomeLanguage = Domain.WelcomeLanguage,
        WelcomeText = Domain.WelcomeText,
        Tags = string.Join(' ', Domain.Tags),
        RefusesMail = Domain.RefusesMail,
        PasswordMaxAge = Domain.PasswordMaxAgeDays?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await domains.FindAsync(name, HttpContext.Actor(), ct) is not { } found) return false;

        Domain = found;
        return found.Allowed.HasFlag(DomainPermissions.Limits);
    }
}
