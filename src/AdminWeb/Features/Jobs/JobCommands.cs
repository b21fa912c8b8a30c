using System.CommandLine;
using System.Globalization;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>`job start|list|show|cancel`.</summary>
internal static class JobCommands
{
    private static readonly Argument<long> Id = new("ID") { Description = "The job's number, as job list has it." };
    private static readonly Option<bool> Results = new("--results") { Description = "List what became of each address instead." };

    /// <param name="Refused">The first things that were left as they are.</param>
    public sealed record Shown(JobRow Job, IReadOnlyList<Left> Refused);

    public sealed record Left(string Address, string Code, string Message);

    public static Command Create(string[] settings)
    {
        var list = new Command("list", $"List the newest {JobRows.Shown} jobs.");
        list.Runs(settings, async (session, _, ct) => List(session.Output, await session.Get<JobRows>().LatestAsync(session.Actor, states: null, ct)));
        var show = new Command("show", "Show how far a job is, and what it left as it was.") { Id, Results };
        show.Runs(settings, (session, parsed, ct) => parsed.GetValue(Results) ? ResultsAsync(session, parsed.GetValue(Id), ct) : ShowAsync(session, parsed.GetValue(Id), ct));
        var cancel = new Command("cancel", "Stop a job before its next step. What it did stays done.") { Id };
        cancel.Runs(settings, (session, parsed, ct) => CancelAsync(session, parsed.GetValue(Id), ct), parsed => $"job show {parsed.GetValue(Id)}");
        return new Command("job", "Changes to many mailboxes, aliases or domains at once.") { StartJobCommands.Create(settings), list, show, cancel };
    }

    private static int List(Output output, IReadOnlyList<JobRow> jobs) => output.List(
        jobs,
        ("ID", j => j.Id.ToString(CultureInfo.InvariantCulture)),
        ("WHAT", What),
        ("STATE", State),
        ("DONE", Progress),
        ("BY", j => j.Actor),
        ("STARTED", j => Time(j.CreatedAt)));

    private static async Task<int> ShowAsync(Session session, long id, CancellationToken ct)
    {
        var jobs = session.Get<JobRows>();
        if (await jobs.FindAsync(id, session.Actor, ct) is not { } job) return NotFound(session, id);

        var refused = job.RefusedCount > 0 ? await jobs.RefusedAsync(id, session.Actor, ct) : [];
        var shown = new Shown(job, [.. refused.Select(r => new Left(r.Subject, r.Problem!.Code, ProblemSentence.Of(r.Problem)))]);
        return session.Output.Done(shown, s => string.Join(Environment.NewLine, Lines(s)));
    }

    private static IEnumerable<string> Lines(Shown shown)
    {
        var job = shown.Job;
        yield return string.Create(CultureInfo.InvariantCulture, $"job {job.Id}: {What(job)}, {State(job)}");
        yield return $"done             {Progress(job)}";
        if (job.Cursor is { } last) yield return $"last done        {last}";
        yield return $"by               {job.Actor}";
        yield return $"started          {Time(job.CreatedAt)}";
        if (job.EndedAt is { } ended) yield return $"ended            {Time(ended)}";
        if (job.Problem is { } code) yield return ProblemSentence.Of(new("", code));
        foreach (var left in shown.Refused) yield return $"{left.Address}: {left.Message}";
    }

    private static async Task<int> ResultsAsync(Session session, long id, CancellationToken ct)
    {
        var jobs = session.Get<JobRows>();
        if (await jobs.FindAsync(id, session.Actor, ct) is null) return NotFound(session, id);

        var results = await jobs.ResultsAsync(id, session.Actor, ct).ToListAsync(ct);
        return session.Output.List(
            results,
            ("NUMBER", r => r.Number.ToString(CultureInfo.InvariantCulture)),
            ("NAME", r => r.Subject),
            ("RESULT", r => r.Problem is { } problem ? ProblemSentence.Of(problem) : "done"));
    }

    private static async Task<int> CancelAsync(Session session, long id, CancellationToken ct)
    {
        var outcome = await session.Get<CancelJob>().RunAsync(new() { Id = id }, session.Actor, ct);
        if (await session.Get<JobRows>().FindAsync(id, session.Actor, ct) is not { } job) return NotFound(session, id);

        return session.Answer(outcome, $"job {id}", _ => session.Output.Done(job, j => j.IsOver ? $"Job {j.Id} has ended: {State(j)}." : $"Job {j.Id} stops before its next step. What it did stays."));
    }

    private static int NotFound(Session session, long id) => session.NotFound(string.Create(CultureInfo.InvariantCulture, $"job {id}"));

    private static string What(JobRow job) => $"{Word(job.Action)} {Word(job.Kind)}";

    private static string State(JobRow job) => job is { IsOver: false, IsCancelRequested: true } ? "stopping" : Word(job.State);

    private static string Progress(JobRow job) =>
        string.Create(CultureInfo.InvariantCulture, $"{job.DoneCount + job.RefusedCount} of {job.Total}{(job.RefusedCount > 0 ? $", {job.RefusedCount} left as they are" : "")}");

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // As --json writes them: set_quota.
    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}").Replace('_', ' ');
}
