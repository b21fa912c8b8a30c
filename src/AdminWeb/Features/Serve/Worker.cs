using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Serve;

/// <summary>
/// Looks for work again and again, in every panel that serves: two may look at once. While the database is away it waits,
/// and says so once.
/// </summary>
/// <param name="repair">The verb that shows whether what it needs is there again: <see cref="OutsideFault"/>.</param>
public abstract class Worker(string repair) : BackgroundService
{
    private bool isDown;

    /// <summary>Until the next look.</summary>
    protected abstract Task PauseAsync(CancellationToken ct);

    protected abstract Task WorkAsync(CancellationToken ct);

    /// <summary>Into the log.</summary>
    protected abstract void SayThatItWaits(string reason);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PauseAsync(stoppingToken);
                await WorkAsync(stoppingToken);
                isDown = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (OutsideFault.Of(e, repair) is { } fault)
            {
                if (!isDown) SayThatItWaits(fault.Sentence);
                isDown = true;
            }
        }
    }
}
