using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Counts again and again what lists of mailboxes are ordered by, and once an hour what the charts show: one panel for all.</summary>
internal sealed class FigureWorker(DbDataSource database, PanelSettings settings, TimeProvider clock, ILogger<FigureWorker> log) : Worker("db status")
{
    private static readonly TimeSpan DayPause = TimeSpan.FromHours(1);

    // The first look comes soon, but not while the panel starts.
    private TimeSpan pause = settings.CountPause / 15;

    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(pause, clock, ct);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        pause = settings.CountPause;
        if (await database.TakeTurnAsync("figures", settings.CountPause, ct)) await database.CountMailboxFiguresAsync(ct);
        if (await database.TakeTurnAsync("day", DayPause, ct)) await database.CountDayAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);
    }

    protected override void SayThatItWaits(string reason) => log.FiguresWait(reason);
}
