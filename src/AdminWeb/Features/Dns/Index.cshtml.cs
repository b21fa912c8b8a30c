using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The records that a domain of any kind needs, to be copied into a registrar's form.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(DnsRows dns, CheckDomainDns check, SpfAdditions additions, ShareDns share, EndDnsShares endShares, ShareLink links, IStringLocalizer<DnsText> words) : PageModel
{
    public ShownDns Shown { get; private set; } = null!;

    public DnsPlan Plan => Shown.Plan;

    /// <summary>Of a link.</summary>
    [BindProperty]
    public int Days { get; set; } = 7;

    /// <summary>One that was just made, on its way to the page that shows it once: in the encrypted cookie. Null otherwise.</summary>
    [TempData]
    public string? Link { get; set; }

    /// <summary>The page of the domain itself.</summary>
    public string DomainPage => Plan.Kind switch
    {
        DomainKind.Alias => "/AliasDomains/Show",
        DomainKind.Relay => "/RelayDomains/Show",
        _ => "/Domains/Show",
    };

    /// <param name="include">Of an SPF record: what would it cost?</param>
    public async Task<IActionResult> OnGetAsync(string domain, string? zone, string? include, CancellationToken ct)
    {
        if (!await LoadAsync(domain, zone, ct)) return NotFound();
        if (string.IsNullOrWhiteSpace(include) || Shown.Trial is null) return Page();

        var (addition, problem) = await additions.OfAsync(Plan, include, ct);
        Shown = Shown with { Trial = new SpfTrial(include.Trim(), Plan.ZoneChosen, addition) };
        return problem is null ? Page() : this.Refused([problem], prefix: "");
    }

    public async Task<IActionResult> OnPostCheckAsync(string domain, string? zone, CancellationToken ct)
    {
        if (!await LoadAsync(domain, zone, ct)) return NotFound();

        var outcome = await check.RunAsync(new() { Domain = Plan.Domain.Name }, HttpContext.Actor(), ct);
        return outcome.Match(
            _ => this.Saved(words["Looked"], Plan.Domain.Name.Unicode, null, Url.Page("Index", new { domain = Plan.Domain.Name.Value, zone = Plan.ZoneChosen })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostShareAsync(string domain, string? zone, CancellationToken ct)
    {
        if (!await LoadAsync(domain, zone, ct)) return NotFound();

        var outcome = await share.RunAsync(new() { Domain = Plan.Domain.Name, Zone = Plan.ZoneChosen, Days = Days }, HttpContext.Actor(), ct);
        return outcome.Match<IActionResult>(
            made =>
            {
                Link = links.Of(made);
                return LocalRedirect(Url.Page("Index", new { domain = Plan.Domain.Name.Value, zone = Plan.ZoneChosen })!);
            },
            problems => this.Refused(problems, prefix: ""),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostEndSharesAsync(string domain, string? zone, CancellationToken ct)
    {
        if (!await LoadAsync(domain, zone, ct)) return NotFound();

        var outcome = await endShares.RunAsync(Plan.Domain.Name, HttpContext.Actor(), ct);
        return outcome.Match(
            _ => this.Saved(words["SharesEnded"], Plan.Domain.Name.Unicode, null, Url.Page("Index", new { domain = Plan.Domain.Name.Value, zone = Plan.ZoneChosen })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, string? zone, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!DomainName.TryParse(domain, out var name) || await dns.FindAsync(name, zone, actor, ct) is not { } found) return false;

        Shown = new ShownDns(found, actor.IsSuperadmin) { Trial = found is { MayChange: true, Server: not null, Domain.Use: DomainUse.Mail } ? new SpfTrial(null, found.ZoneChosen, null) : null };
        return true;
    }
}
