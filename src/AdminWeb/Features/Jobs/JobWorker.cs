using System.Data.Common;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>Rings when a job was started in this process, so that nobody waits for the next look.</summary>
public sealed class JobBell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0);

    public void Ring() => rung.Release();

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => rung.WaitAsync(atMost, ct);

    public void Dispose() => rung.Dispose();
}

/// <summary>Works on jobs, one at a time, in every panel that serves; leases in the database keep them apart.</summary>
internal sealed class JobWorker(IServiceScopeFactory scopes, DbDataSource database, JobBell bell, ILogger<JobWorker> log) : Worker(Verb)
{
    private const string Verb = "job list";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override Task PauseAsync(CancellationToken ct) => bell.WaitAsync(Pause, ct);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (await NextAsync(ct) is { } id && await WorkAsync(id, ct))
        {
            // The next one.
        }
    }

    protected override void SayThatItWaits(string reason) => log.JobsWait(reason);

    // Without EF Core: most of the time there is nothing, and this is asked every few seconds.
    private async Task<long?> NextAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM jobs WHERE state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < UTC_TIMESTAMP(6)) ORDER BY id LIMIT 1";
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    private async Task<bool> WorkAsync(long id, CancellationToken ct)
    {
        if (await WithStepAsync(s => s.TakeAsync(id, ct)) is not { } fence) return false;

        log.JobTaken(id, fence);
        try
        {
            while (await WithStepAsync(s => s.RunAsync(id, fence, ct)))
            {
                // The next step, in a unit of work of its own.
            }
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await WithStepAsync(async s => { await s.ReleaseAsync(id, fence); return true; });
            throw;
        }
        catch (Exception e) when (IsPermanent(e) || OutsideFault.Of(e, Verb) is null)
        {
            log.JobFailed(e, id);
            await WithStepAsync(async s => { await s.FailAsync(id, fence); return true; });
            return true;
        }
    }

    // SQLSTATE class 22 and 23: the data are in the way, today and in an hour. Everything else of the database may pass.
    private static bool IsPermanent(Exception exception) =>
        exception is DbException { SqlState: ['2', '2' or '3', ..] } || (exception.InnerException is { } inner && IsPermanent(inner));

    private async Task<T> WithStepAsync<T>(Func<JobStep, Task<T>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<JobStep>());
    }
}
