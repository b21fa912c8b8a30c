using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Import;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>
/// Takes a job and does one step of it. A step is one transaction: it holds the job's row, changes the next things, and
/// writes audit entries, results and the cursor. Killed at any moment it did all of that, or nothing.
/// </summary>
public sealed class JobStep(AdminDb db, ImportStep imports)
{
    /// <summary>Things of one step: few enough that a domain's lock is free again soon.</summary>
    public const int Size = 250;

    /// <summary>A worker that says nothing for so long is taken for dead. A step renews it.</summary>
    private const int LeaseSeconds = 30;

    /// <summary>Takes a job that waits, or whose worker is gone. The database's clock decides.</summary>
    /// <returns>The fence to step with; null where somebody else has it.</returns>
    public async Task<long?> TakeAsync(long id, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(
            async token =>
            {
                var taken = await db.Jobs
                    .Where(j => j.Id == id && (j.State == JobState.Waiting || j.State == JobState.Running) && (j.LeaseUntil == null || j.LeaseUntil < DateTime.UtcNow))
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(j => j.Fence, j => j.Fence + 1)
                            .SetProperty(j => j.State, JobState.Running)
                            .SetProperty(j => j.StartedAt, j => j.StartedAt ?? DateTime.UtcNow)
                            .SetProperty(j => j.LeaseUntil, j => DateTime.UtcNow.AddSeconds(LeaseSeconds)),
                        token);
                return taken == 1 ? Outcome.Done(await db.Jobs.Where(j => j.Id == id).Select(j => j.Fence).SingleAsync(token)) : Outcome.NotFound<long>();
            },
            duplicate: null,
            ct);
        return outcome is Outcome<long>.Done done ? done.Value : null;
    }

    /// <summary>The next things of a job.</summary>
    /// <returns>Whether there may be more; false where it ended, or another worker has it.</returns>
    public async Task<bool> RunAsync(long id, long fence, CancellationToken ct)
    {
        // While nobody else has the job, and before anything is locked.
        var import = await imports.PrepareAsync(id, ct);
        return await db.InTransactionAsync(token => StepAsync(Held(id, fence), import, token), duplicate: null, ct) is Outcome<bool>.Done { Value: true };
    }

    /// <summary>Lets another worker go on at once.</summary>
    public Task ReleaseAsync(long id, long fence) =>
        Held(id, fence).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeaseUntil, (DateTime?)null), CancellationToken.None);

    /// <summary>Ends a job that a bug is in the way of; its next thing would meet it again.</summary>
    public Task FailAsync(long id, long fence) =>
        db.InTransactionAsync(token => EndAsync(Held(id, fence), JobState.Failed, "JobFault", token), duplicate: null, CancellationToken.None);

    private IQueryable<Job> Held(long id, long fence) => db.Jobs.Where(j => j.Id == id && j.Fence == fence && j.State == JobState.Running);

    private async Task<Outcome<bool>> StepAsync(IQueryable<Job> held, ImportWork? import, CancellationToken ct)
    {
        // Holds the row until the commit: whoever takes the job meanwhile waits, and then finds this step done.
        if (await held.ExecuteUpdateAsync(set => set.SetProperty(j => j.LeaseUntil, j => DateTime.UtcNow.AddSeconds(LeaseSeconds)), ct) != 1) return Outcome.NotFound<bool>();

        var job = await held.AsNoTracking().SingleAsync(ct);
        if (job.IsCancelRequested) return await EndAsync(held, JobState.Cancelled, null, ct);
        if (await ActorAsync(job, ct) is not { } actor) return await EndAsync(held, JobState.Failed, "JobActorGone", ct);

        var results = import is null ? await ChangeAsync(job, actor, ct) : await imports.ApplyAsync(import, job, actor, ct);
        if (results.Count == 0) return await EndAsync(held, JobState.Done, null, ct);

        await WriteAsync(held, results, ct);
        return Outcome.Done(true);
    }

    private async Task<IReadOnlyList<JobResult>> ChangeAsync(Job job, Actor actor, CancellationToken ct)
    {
        var position = job.DoneCount + job.RefusedCount;
        var next = await db.JobTargets.AsNoTracking().Where(t => t.JobId == job.Id && t.Number > position).OrderBy(t => t.Number).Take(Size).ToListAsync(ct);
        if (next.Count == 0) return [];

        var entries = await LockAsync(job, actor, [.. next.Select(t => t.AddressId)], ct);
        var outcomes = (await new JobChanges(db, job, actor).ApplyAsync(entries, ct)).ToDictionary(o => o.AddressId);
        return [.. next.Select(t => Result(t, outcomes.TryGetValue(t.AddressId, out var outcome) ? outcome.Problem : new Problem("", "JobThingGone")))];

        JobResult Result(JobTarget target, Problem? problem) => new()
        {
            JobId = job.Id, Number = ++position, Subject = target.Address, DomainId = target.DomainId, Problem = problem?.Code,
            Arguments = problem is { Args.Count: > 0 } ? JsonSerializer.Serialize(problem.Args.Select(a => $"{a}")) : null,
        };
    }

    // The domains first: what is read behind their locks is what is changed. Whatever moved elsewhere meanwhile, left the
    // actor's scope or is in another state than was asked for stays as it is.
    private async Task<IReadOnlyList<AddressEntry>> LockAsync(Job job, Actor actor, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var domains = await db.Addresses.Where(a => ids.Contains(a.Id)).Select(a => a.DomainId).Distinct().OrderBy(id => id).ToListAsync(ct);
        foreach (var domainId in domains) await db.LockDomainAsync(domainId, ct);

        var still = await JobSelection.Read(job.Selection).Still(db, job.Kind, actor, ids).Where(a => domains.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(ct);
        return await db.Addresses.Where(a => still.Contains(a.Id)).Include(a => a.Destinations).Include(a => a.Mailbox).Include(a => a.Alias).OrderBy(a => a.Address).ToListAsync(ct);
    }

    private async Task WriteAsync(IQueryable<Job> held, IReadOnlyList<JobResult> results, CancellationToken ct)
    {
        db.JobResults.AddRange(results);
        var cursor = results[^1].Subject;
        var (done, refused) = (results.Count(r => r.Problem is null), results.Count(r => r.Problem is not null));
        await held.ExecuteUpdateAsync(
            set => set
                .SetProperty(j => j.DoneCount, j => j.DoneCount + done)
                .SetProperty(j => j.RefusedCount, j => j.RefusedCount + refused)
                .SetProperty(j => j.Cursor, cursor),
            ct);
    }

    private async Task<Outcome<bool>> EndAsync(IQueryable<Job> held, JobState state, string? problem, CancellationToken ct)
    {
        await db.JobTargets.Where(t => held.Any(j => j.Id == t.JobId)).ExecuteDeleteAsync(ct);
        if (await held.Where(j => j.Action == JobAction.Import).Select(j => (long?)j.Id).FirstOrDefaultAsync(ct) is { } import) await imports.EndAsync(import, ct);
        await held.ExecuteUpdateAsync(
            set => set
                .SetProperty(j => j.State, state)
                .SetProperty(j => j.Problem, problem)
                .SetProperty(j => j.EndedAt, j => DateTime.UtcNow)
                .SetProperty(j => j.LeaseUntil, (DateTime?)null),
            ct);
        return Outcome.Done(false);
    }

    // The account as it is now: who was stopped, or lost a domain, changes nothing more.
    private async Task<Actor?> ActorAsync(Job job, CancellationToken ct)
    {
        if (job.AccountId is not { } accountId) return new Actor(null, job.Actor, AccountKind.Superadmin, job.Source, job.RequestId);

        var account = await db.Accounts.Where(a => a.Id == accountId && a.IsActive && a.Login != null).Select(a => new { Login = a.Login!, a.Kind }).FirstOrDefaultAsync(ct);
        return account is null ? null : new Actor(accountId, account.Login, account.Kind, job.Source, job.RequestId);
    }
}
