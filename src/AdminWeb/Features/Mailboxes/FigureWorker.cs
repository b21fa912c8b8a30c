using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Counts again and again what lists of mailboxes are ordered by. In every panel that serves: it may run twice at once.</summary>
internal sealed class FigureWorker(DbDataSource database, TimeProvider clock, ILogger<FigureWorker> log) : BackgroundService
{
    /// <summary>Nobody waits for it while the panel starts.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = First;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, clock, stoppingToken);
                await database.CountMailboxFiguresAsync(stoppingToken);
                await database.CountDayAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (OutsideFault.Of(e, "db status") is { } fault)
            {
                log.FiguresWait(fault.Sentence);
            }
            pause = Pause;
        }
    }
}
