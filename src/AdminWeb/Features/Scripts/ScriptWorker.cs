using System.Data.Common;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Scripts;

/// <summary>Looks at the sieve scripts that are due, one after the other, in every panel that serves.</summary>
internal sealed class ScriptWorker(IServiceScopeFactory scopes, DbDataSource database, ILogger<ScriptWorker> log) : Worker("db status")
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PauseForServer = TimeSpan.FromMinutes(1);

    private TimeSpan pause = Pause;

    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(pause, ct);

    protected override async Task WorkAsync(CancellationToken ct) => pause = await IsAnyDueAsync(ct) ? await KeepSomeAsync(ct) : Pause;

    protected override void SayThatItWaits(string reason) => log.ScriptsWait(reason);

    // Without EF Core: most of the time there is nothing, and this is asked every few seconds.
    private async Task<bool> IsAnyDueAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM mailbox_scripts WHERE due_at <= UTC_TIMESTAMP(6) LIMIT 1";
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <returns>How long to wait.</returns>
    private async Task<TimeSpan> KeepSomeAsync(CancellationToken ct)
    {
        for (var number = 0; number < AtOnce; number++)
        {
            await using var scope = scopes.CreateAsyncScope();
            switch (await scope.ServiceProvider.GetRequiredService<KeepScript>().NextAsync(ct))
            {
                case ScriptStep.NothingDue: return Pause;
                case ScriptStep.ServerAway: return PauseForServer;
            }
        }
        return Pause;
    }
}
