using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace AdminPanel.Web.Features.Serve;

/// <summary>What came of looking for something that is due.</summary>
public enum DueStep
{
    NothingDue,

    /// <summary>One was done, put off, given up or found to be done.</summary>
    DealtWith,

    /// <summary>One waits, and so would all others: the mail server is not there, or takes nothing at the moment.</summary>
    ServerAway,
}

/// <summary>Deals with the rows of a table whose "due_at" has come, one after the other, in every panel that serves.</summary>
/// <param name="atOnce">How many at most at each look, every few seconds.</param>
internal abstract class DueWorker(string table, int atOnce, IServiceScopeFactory scopes, DbDataSource database) : Worker("db status")
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PauseForServer = TimeSpan.FromMinutes(1);

    private TimeSpan pause = Pause;

    /// <summary>Deals with the row that has been due longest.</summary>
    protected abstract Task<DueStep> NextAsync(IServiceProvider services, CancellationToken ct);

    protected sealed override Task PauseAsync(CancellationToken ct) => Task.Delay(pause, ct);

    protected sealed override async Task WorkAsync(CancellationToken ct) => pause = await IsAnyDueAsync(ct) ? await SomeAsync(ct) : Pause;

    // Without EF Core: most of the time there is nothing, and this is asked every few seconds.
    [SuppressMessage("Security", "CA2100", Justification = "The table is a word of the classes below.")]
    private async Task<bool> IsAnyDueAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 1 FROM {table} WHERE due_at <= UTC_TIMESTAMP(6) LIMIT 1";
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <returns>How long to wait.</returns>
    private async Task<TimeSpan> SomeAsync(CancellationToken ct)
    {
        for (var number = 0; number < atOnce; number++)
        {
            await using var scope = scopes.CreateAsyncScope();
            switch (await NextAsync(scope.ServiceProvider, ct))
            {
                case DueStep.NothingDue: return Pause;
                case DueStep.ServerAway: return PauseForServer;
            }
        }
        return Pause;
    }
}
