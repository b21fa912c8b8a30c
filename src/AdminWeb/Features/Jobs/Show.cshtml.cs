using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>How far a job is, and what it left as it was. It goes on while nobody looks.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ShowModel(JobRows jobs, CancelJob cancelJob, TakePasswords takePasswords, IStringLocalizer<JobsText> words, IStringLocalizer<ProblemText> problems) : PageModel
{
    private const string Again = "2";

    public JobRow Job { get; private set; } = null!;

    public IReadOnlyList<JobResultRow> Refused { get; private set; } = [];

    /// <summary>Whether the reader may take passwords that an import made.</summary>
    public bool HasPasswords { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await jobs.FindAsync(id, HttpContext.Actor(), ct) is not { } job) return NotFound();

        Job = job;
        if (job.RefusedCount > 0) Refused = await jobs.RefusedAsync(id, HttpContext.Actor(), ct);
        if (job is { IsOver: true, Action: Data.Model.JobAction.Import }) HasPasswords = await jobs.HasPasswordsAsync(id, HttpContext.Actor(), ct);
        // A header, not an element: it works without JavaScript, and ends with the job.
        if (!job.IsOver) Response.Headers["Refresh"] = Again;
        return Page();
    }

    public async Task<IActionResult> OnGetResultAsync(long id, bool? mark, CancellationToken ct)
    {
        if (await jobs.FindAsync(id, HttpContext.Actor(), ct) is null) return NotFound();

        return new CsvFile($"job-{id}.csv", mark ?? true, [words["Number"], words["Thing"], words["Result"]], RowsAsync(id, ct));
    }

    public async Task<IActionResult> OnPostCancelAsync(long id, CancellationToken ct)
    {
        var outcome = await cancelJob.RunAsync(new CancelJob.Input { Id = id }, HttpContext.Actor(), ct);
        return outcome.Match(
            _ => this.Saved(words["CancelAsked"], "", null, Url.Page("Show", new { id })!),
            _ => NotFound(),
            _ => NotFound(),
            () => (IActionResult)NotFound());
    }

    /// <summary>A POST, for it can be done once.</summary>
    public async Task<IActionResult> OnPostPasswordsAsync(long id, CancellationToken ct)
    {
        var outcome = await takePasswords.RunAsync(new TakePasswords.Input { JobId = id }, HttpContext.Actor(), ct);
        return outcome.Match<IActionResult>(
            made => new CsvFile($"passwords-{id}.csv", HasMark: true, [words["Thing"], words["Password"]], Table(made)),
            _ => NotFound(),
            _ => NotFound(),
            NotFound);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Table(IEnumerable<MadePassword> made)
    {
        foreach (var one in made) yield return [one.Address, one.Password];
        await Task.CompletedTask;
    }

    public string Sentence(Problem problem) => problems[problem.Code, [.. problem.Args]];

    private async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(long id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in jobs.ResultsAsync(id, HttpContext.Actor(), ct))
            yield return [row.Number.ToString(CultureInfo.InvariantCulture), row.Subject, row.Problem is { } problem ? Sentence(problem) : words["ResultDone"]];
    }
}
