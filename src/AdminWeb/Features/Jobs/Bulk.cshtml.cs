using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>Says what a job would be about, asks what to do, and starts it. What was ticked, or the filter, stands in the URL.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class BulkModel(StartJob startJob, IStringLocalizer<JobsText> words) : PageModel
{
    private StartJob.Input about = new();

    [BindProperty]
    public StartJob.Input Input { get; set; } = new();

    public JobPlan Plan { get; private set; } = null!;

    public JobKind Kind => about.Kind;

    /// <summary>The list it came from.</summary>
    public string Back => about.DomainName is { } domain ? Url.Page($"/{Kind}/OfDomain", new { domain })! : Url.Page($"/{Kind}/Index")!;

    public IEnumerable<JobAction> Actions => StartJob.ActionsOf(Kind);

    public async Task<IActionResult> OnGetAsync(
        string kind, [FromQuery(Name = "id")] IReadOnlyList<long> ids, bool all, string? domain, [FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        if (!await LoadAsync(kind, all ? null : ids, domain, query, ct)) return NotFound();

        Input = new StartJob.Input { Count = Plan.Count };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        string kind, [FromQuery(Name = "id")] IReadOnlyList<long> ids, [FromQuery] bool all, [FromQuery] string? domain, [FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        if (!await LoadAsync(kind, all ? null : ids, domain, query, ct)) return NotFound();

        var input = about with { Action = Input.Action, Quota = Input.Quota, Count = Input.Count ?? 0, Confirm = Input.Confirm };
        var outcome = await startJob.RunAsync(input, HttpContext.Actor(), ct);
        // The form that comes back is about what there is now.
        if (outcome is not Outcome<Saved>.Done) ModelState.Remove("Input.Count");
        Input = input with { Count = Plan.Count };
        return outcome.Match(
            saved => this.Saved(words["Started"], saved.Name, null, Url.Page("Show", new { id = saved.Id })!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private async Task<bool> LoadAsync(string kind, IReadOnlyList<long>? ids, string? domain, ListQuery query, CancellationToken ct)
    {
        var (isMailboxes, request) = (kind == "mailboxes", query.ToRequest());
        if (!isMailboxes && kind != "aliases") return false;

        about = new StartJob.Input
        {
            Kind = isMailboxes ? JobKind.Mailboxes : JobKind.Aliases, Ids = ids, DomainName = string.IsNullOrEmpty(domain) ? null : domain,
            Text = request.Filter, IsInside = request.IsInside, State = request.State, Only = request.Only, Tag = request.Tag,
        };
        if (await startJob.PlanAsync(about, HttpContext.Actor(), ct) is not { } plan) return false;

        Plan = plan;
        return true;
    }
}
