using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Jobs;

/// <param name="Problem">A problem's code where it failed.</param>
public sealed record JobRow(
    long Id, JobKind Kind, JobAction Action, long? QuotaBytes, string Actor, JobState State, bool IsCancelRequested, int Total, int DoneCount, int RefusedCount,
    string? Cursor, DateTime CreatedAt, DateTime? EndedAt, string? Problem)
{
    public bool IsOver => State is JobState.Done or JobState.Cancelled or JobState.Failed;
}

/// <summary>What became of one thing; <paramref name="Problem"/> is null where it was done.</summary>
public sealed record JobResultRow(int Number, string Subject, Problem? Problem);

/// <summary>Jobs to look at: one's own, and for superadmins everybody's.</summary>
public sealed class JobRows(AdminDb db)
{
    public const int Shown = 50;

    private const int Block = 1000;

    /// <summary>The newest.</summary>
    /// <param name="states">Only those in one of these; null for all.</param>
    public async Task<IReadOnlyList<JobRow>> LatestAsync(Actor actor, IReadOnlyList<JobState>? states, CancellationToken ct)
    {
        var jobs = db.Jobs.VisibleTo(actor);
        if (states is not null) jobs = jobs.Where(j => states.Contains(j.State));
        return await Rows(jobs.OrderByDescending(j => j.Id).Take(Shown)).ToListAsync(ct);
    }

    /// <summary>Null where there is no such job for this actor.</summary>
    public Task<JobRow?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        Rows(db.Jobs.VisibleTo(actor).Where(j => j.Id == id)).FirstOrDefaultAsync(ct);

    /// <summary>Whether an import's job that has ended holds passwords for whoever uploaded it; false for anybody else.</summary>
    public Task<bool> HasPasswordsAsync(long id, Actor actor, CancellationToken ct) => db.Imports.VisibleTo(actor).AnyAsync(i => i.JobId == id, ct);

    /// <summary>The first things that were left as they are, and why.</summary>
    public async Task<IReadOnlyList<JobResultRow>> RefusedAsync(long id, Actor actor, CancellationToken ct) =>
        [.. (await Results(id, actor).Where(r => r.Problem != null).OrderBy(r => r.Number).Take(Shown).ToListAsync(ct)).Select(Row)];

    /// <summary>Everything that was dealt with, in its order; a block at a time is in memory.</summary>
    public async IAsyncEnumerable<JobResultRow> ResultsAsync(long id, Actor actor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = 0; ;)
        {
            var block = await Results(id, actor).Where(r => r.Number > after).OrderBy(r => r.Number).Take(Block).ToListAsync(ct);
            foreach (var result in block) yield return Row(result);
            if (block.Count < Block) yield break;

            after = block[^1].Number;
        }
    }

    // Of the actor's job, in the domains that are the actor's now: whoever lost one no longer reads what is in it.
    private IQueryable<JobResult> Results(long id, Actor actor)
    {
        var results = db.JobResults.AsNoTracking().Where(r => db.Jobs.VisibleTo(actor).Any(j => j.Id == r.JobId) && r.JobId == id);
        if (actor.IsSuperadmin) return results;

        var managed = db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes | DomainPermissions.Aliases);
        // A line of one's own file that is in no domain tells nothing of any.
        return results.Where(r => managed.Any(d => d.Id == r.DomainId) || (r.DomainId == null && db.Jobs.Any(j => j.Id == r.JobId && j.Action == JobAction.Import)));
    }

    private static JobResultRow Row(JobResult result) => new(result.Number, result.Subject, result.Problem is { } code
        ? new Problem("", code, [.. result.Arguments is { } json ? JsonSerializer.Deserialize<string[]>(json)! : []])
        : null);

    private static IQueryable<JobRow> Rows(IQueryable<Job> jobs) => jobs.Select(j => new JobRow(
        j.Id, j.Kind, j.Action, j.QuotaBytes, j.Actor, j.State, j.IsCancelRequested, j.Total, j.DoneCount, j.RefusedCount, j.Cursor, j.CreatedAt, j.EndedAt, j.Problem));
}
