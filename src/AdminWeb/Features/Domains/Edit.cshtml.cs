using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Changes a domain's description, limits and state.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class EditModel(DomainRows domains, UpdateDomain updateDomain, IStringLocalizer<DomainsText> words) : PageModel
{
    [BindProperty]
    public UpdateDomain.Input Input { get; set; } = new();

    public DomainDetail Domain { get; private set; } = null!;

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

        // The state has a button of its own, and what is not offered is not taken away.
        var refuses = HttpContext.Actor().IsSuperadmin ? Input.RefusesMail : Domain.RefusesMail;
        Input = this.Merged(Input with { RefusesMail = refuses }, Stored()) with { Id = Domain.Id, IsActive = Domain.IsActive };
        var outcome = await updateDomain.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(domain, ct)) Stale = await this.StaleAsync(Input, Stored(), "domain", Domain.Name.Value, ct);
        var page = Url.Page("Show", new { domain = Domain.Name.Value })!;
        return outcome.Match(
            _ => this.Saved(words["Updated"], Domain.Name.Unicode, page, page),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    private UpdateDomain.Input Stored() => new()
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
