using System.Data.Common;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Notices;

/// <summary>
/// Sends what is due, one message after the other, in every panel that serves. An import of thousands must neither fill the
/// mail server's queue nor slow down other mail, so each look sends a few: some twenty a second.
/// </summary>
internal sealed class NoticeWorker(IServiceScopeFactory scopes, DbDataSource database, ILogger<NoticeWorker> log) : Worker("db status")
{
    private const int AtOnce = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PauseForServer = TimeSpan.FromMinutes(1);

    private TimeSpan pause = Pause;

    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(pause, ct);

    protected override async Task WorkAsync(CancellationToken ct) => pause = await IsAnyDueAsync(ct) ? await SendSomeAsync(ct) : Pause;

    protected override void SayThatItWaits(string reason) => log.NoticesWait(reason);

    // Without EF Core: most of the time there is nothing, and this is asked every few seconds.
    private async Task<bool> IsAnyDueAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM notices WHERE due_at <= UTC_TIMESTAMP(6) LIMIT 1";
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <returns>How long to wait.</returns>
    private async Task<TimeSpan> SendSomeAsync(CancellationToken ct)
    {
        for (var number = 0; number < AtOnce; number++)
        {
            await using var scope = scopes.CreateAsyncScope();
            switch (await scope.ServiceProvider.GetRequiredService<SendNotice>().RunAsync(ct))
            {
                case NoticeStep.NothingDue: return Pause;
                case NoticeStep.ServerAway: return PauseForServer;
            }
        }
        return Pause;
    }
}
