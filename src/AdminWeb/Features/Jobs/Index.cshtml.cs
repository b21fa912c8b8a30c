using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>The newest jobs.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(JobRows jobs) : PageModel
{
    public IReadOnlyList<JobRow> Rows { get; private set; } = [];

    /// <summary>Words of the URL, and what they stand for.</summary>
    public static IReadOnlyList<(string Word, IReadOnlyList<JobState> States)> Choices { get; } =
        [("running", [JobState.Waiting, JobState.Running]), ("failed", [JobState.Failed]), ("done", [JobState.Done, JobState.Cancelled])];

    /// <summary>One of <see cref="Choices"/>; any other word is no filter.</summary>
    public string? Chosen { get; private set; }

    public async Task OnGetAsync(string? state, CancellationToken ct)
    {
        var choice = Choices.FirstOrDefault(c => c.Word == state);
        Chosen = choice.Word;
        Rows = await jobs.LatestAsync(HttpContext.Actor(), choice.States, ct);
    }
}
