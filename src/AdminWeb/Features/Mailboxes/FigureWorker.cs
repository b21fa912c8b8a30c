using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Counts again and again what lists of mailboxes are ordered by.</summary>
internal sealed class FigureWorker(DbDataSource database, TimeProvider clock, ILogger<FigureWorker> log) : Worker("db status")
{
    /// <summary>Nobody waits for it while the panel starts.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private TimeSpan pause = First;

    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(pause, clock, ct);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        pause = Pause;
        await database.CountMailboxFiguresAsync(ct);
        await database.CountDayAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);
    }

    protected override void SayThatItWaits(string reason) => log.FiguresWait(reason);
}
