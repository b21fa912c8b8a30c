using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>Removes what was written down for the agents and is older than they look: one panel for all, once an hour.</summary>
internal sealed class SessionEndSweep(IServiceScopeFactory scopes, DbDataSource database, ILogger<SessionEndSweep> log) : Worker("db status")
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);

    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(Pause, ct);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!await database.TakeTurnAsync("session-ends", Turn, ct)) return;

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AdminDb>().SweepSessionEndsAsync(ct);
    }

    protected override void SayThatItWaits(string reason) => log.SessionEndsStay(reason);
}
