using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>The next block of an import, its passwords hashed.</summary>
/// <param name="Block">Null where none is left.</param>
internal sealed record ImportWork(long ImportId, int? Block, IReadOnlyList<PlannedLine> Lines, IReadOnlyList<HashedLine> Hashed);

/// <summary>What a step of an import's job does: it adds the mailboxes of one block and removes the block, both in the step's transaction.</summary>
public sealed class ImportStep(AdminDb db, ImportStore store, AddMailboxes addMailboxes)
{
    /// <summary>How long passwords that were made wait for whoever wants them.</summary>
    private static readonly TimeSpan PasswordsWait = TimeSpan.FromHours(24);

    /// <summary>Before the step's transaction; null for a job that is no import.</summary>
    internal async Task<ImportWork?> PrepareAsync(long jobId, CancellationToken ct)
    {
        var importId = await db.Imports.Where(i => i.JobId == jobId).Select(i => (long?)i.Id).FirstOrDefaultAsync(ct);
        if (importId is not { } id) return null;

        var lines = await store.ReadAsync(id, 0, 1, hasRefused: false, ct);
        var hashed = await addMailboxes.HashAsync([.. lines.Where(l => l.Line.IsAdded).Select(l => l.Line.Line)], ct);
        return new ImportWork(id, lines is [var first, ..] ? first.Block : null, [.. lines.Select(l => l.Line)], hashed);
    }

    /// <summary>The results of the block, in the order of its lines; the rows are in the unit of work.</summary>
    internal async Task<IReadOnlyList<JobResult>> ApplyAsync(ImportWork work, Job job, Actor actor, CancellationToken ct)
    {
        if (work.Block is null) return [];

        await db.ImportBlocks.Where(b => b.ImportId == work.ImportId && b.Number == work.Block).ExecuteDeleteAsync(ct);
        var added = (await addMailboxes.AddAsync(work.Hashed, actor, ct)).ToDictionary(a => a.Line.Number);
        return [.. work.Lines.Select(l => Result(l, added.GetValueOrDefault(l.Line.Number)))];

        JobResult Result(PlannedLine planned, AddedLine? done)
        {
            var (line, problem) = (planned.Line, done is null ? planned.Problems[0] : done.Problem);
            return new JobResult
            {
                JobId = job.Id, Number = line.Number, Subject = ImportFile.Shown(line.Address), DomainId = done?.DomainId, Problem = problem?.Code,
                Arguments = problem is { Args.Count: > 0 } ? JsonSerializer.Serialize(problem.Args) : null,
                Secret = done?.GeneratedPassword is { } password ? store.SealPassword(password, job.Id, line.Number) : null,
            };
        }
    }

    /// <summary>With the job's end its lines go, and the import too, unless passwords wait.</summary>
    internal async Task EndAsync(long jobId, CancellationToken ct)
    {
        var import = db.Imports.Where(i => i.JobId == jobId);
        await db.ImportBlocks.Where(b => import.Any(i => i.Id == b.ImportId)).ExecuteDeleteAsync(ct);
        var until = db.UtcNow + PasswordsWait;
        if (await db.JobResults.AnyAsync(r => r.JobId == jobId && r.Secret != null, ct)) await import.ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, until), ct);
        else await import.ExecuteDeleteAsync(ct);
    }
}
