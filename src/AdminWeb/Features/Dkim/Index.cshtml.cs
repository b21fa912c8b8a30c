using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>The DKIM keys of a domain: what each is doing, its record, and what may be done with it next.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(DkimRows keys, CheckDkimKey check, ActivateDkimKey activate, RetireDkimKey retire, DeleteDkimKey delete, SetDkimRotation rotate, IStringLocalizer<DkimText> words) : PageModel
{
    public DkimOverview Overview { get; private set; } = null!;

    /// <summary>Where what belongs to the domain is shown.</summary>
    public string DomainPage => Overview.Target is not null ? "/AliasDomains/Show" : "/Domains/Show";

    [BindProperty]
    public SetDkimRotation.Input Input { get; set; } = new();

    public static StateTone ToneOf(DkimKeyState state) => state switch
    {
        DkimKeyState.Active => StateTone.Ok,
        DkimKeyState.Waiting or DkimKeyState.Retiring => StateTone.Warn,
        _ => StateTone.Off,
    };

    public async Task<IActionResult> OnGetAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        Input = new() { Months = Overview.RotationMonths?.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        return Page();
    }

    public async Task<IActionResult> OnPostCheckAsync(string domain, long id, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var here = Url.Page("Index", new { domain = Overview.Domain.Value })!;
        return (await check.RunAsync(new() { Id = id }, HttpContext.Actor(), ct)).Match(
            report => this.Saved(words[report.IsSeen ? "CheckedSeen" : "CheckedNotSeen"], report.Selector, null, here),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public Task<IActionResult> OnPostActivateAsync(string domain, long id, CancellationToken ct) => ChangeAsync(domain, "Activated", () => activate.RunAsync(new() { Id = id }, HttpContext.Actor(), ct), ct);

    public async Task<IActionResult> OnPostRotationAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var outcome = await rotate.RunAsync(Input with { DomainId = Overview.DomainId }, HttpContext.Actor(), ct);
        return outcome.Match(
            saved => this.Saved(words["RotationSaved"], saved.Name, null, Url.Page("Index", new { domain = Overview.Domain.Value })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public Task<IActionResult> OnPostRetireAsync(string domain, long id, CancellationToken ct) => ChangeAsync(domain, "Retired", () => retire.RunAsync(new() { Id = id }, HttpContext.Actor(), ct), ct);

    public Task<IActionResult> OnPostDeleteAsync(string domain, long id, CancellationToken ct) => ChangeAsync(domain, "Deleted", () => delete.RunAsync(new() { Id = id }, HttpContext.Actor(), ct), ct);

    private async Task<IActionResult> ChangeAsync(string domain, string done, Func<Task<Outcome<Saved>>> run, CancellationToken ct)
    {
        if (!await LoadAsync(domain, ct)) return NotFound();

        var here = Url.Page("Index", new { domain = Overview.Domain.Value })!;
        return (await run()).Match(saved => this.Saved(words[done], saved.Name, null, here), problems => this.Refused(problems), _ => this.Conflict(), () => NotFound());
    }

    private async Task<bool> LoadAsync(string domain, CancellationToken ct)
    {
        if (!DomainName.TryParse(domain, out var name) || await keys.FindAsync(name, HttpContext.Actor(), ct) is not { } found) return false;

        Overview = found;
        return true;
    }
}
