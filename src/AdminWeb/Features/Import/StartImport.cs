using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>Starts the job that adds the mailboxes of an import, by the plan that was seen; where the world has changed, the new plan takes its place and nothing starts.</summary>
public sealed class StartImport(AdminDb db, ImportPlanner planner, ImportStore store, JobBell bell)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The plan that was seen.</summary>
        public long Version { get; init; }
    }

    /// <returns>The job.</returns>
    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var seen = await db.Imports.AsNoTracking().VisibleTo(actor).Where(i => i.Id == input.Id && i.JobId == null).FirstOrDefaultAsync(ct);
        if (seen is null || seen.ExpiresAt <= db.UtcNow) return Outcome.NotFound<Saved>();
        if (seen.Version != input.Version) return Outcome.Refused<Saved>(new Problem("", "ImportPlanChanged"));

        IReadOnlyList<PlannedLine> lines = [.. (await store.ReadAsync(seen.Id, 0, null, hasRefused: false, ct)).Select(l => l.Line)];
        var plan = await planner.PlanAsync([.. lines.Select(l => l.Line)], actor, ct);
        if (!plan.Zip(lines).All(p => p.First.Problems.SequenceEqual(p.Second.Problems)))
        {
            await db.InTransactionAsync(token => ReplaceAsync(input, plan, token), duplicate: null, ct);
            return Outcome.Refused<Saved>(new Problem("", "ImportPlanChanged"));
        }
        if (plan.All(l => !l.IsAdded)) return Outcome.Refused<Saved>(new Problem("", "ImportNothing"));

        var outcome = await db.InTransactionAsync(token => StartAsync(input, actor, token), duplicate: null, ct);
        bell.Ring();
        return outcome;
    }

    private async Task<Outcome<long>> ReplaceAsync(Input input, IReadOnlyList<PlannedLine> plan, CancellationToken ct)
    {
        var import = await db.Imports.FirstOrDefaultAsync(i => i.Id == input.Id && i.Version == input.Version && i.JobId == null, ct);
        if (import is null) return Outcome.NotFound<long>();

        await store.RemoveBlocksAsync(import.Id, ct);
        store.Add(import.Id, plan);
        import.RefusedCount = plan.Count(l => !l.IsAdded);
        db.MarkChanged(import);
        return Outcome.Done(import.Id);
    }

    private async Task<Outcome<Saved>> StartAsync(Input input, Actor actor, CancellationToken ct)
    {
        // Its version decides: of two that start it at once, one finds that it has changed.
        var import = await db.Imports.FirstOrDefaultAsync(i => i.Id == input.Id && i.Version == input.Version && i.JobId == null, ct);
        if (import is null) return Outcome.Refused<Saved>(new Problem("", "ImportPlanChanged"));

        var job = new Job
        {
            Kind = JobKind.Mailboxes, Action = JobAction.Import, Selection = "{}", Total = import.Total,
            AccountId = actor.AccountId, Actor = actor.Login, Source = actor.Source, RequestId = actor.RequestId, CreatedAt = db.UtcNow,
        };
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        import.JobId = job.Id;
        db.Audit(actor, "job.start", $"{job.Id}", after: new { job.Kind, job.Action, job.Total, import.RefusedCount });
        await db.SaveChangesAsync(ct);
        return Outcome.Done(new Saved(job.Id, $"{job.Id}"));
    }
}
