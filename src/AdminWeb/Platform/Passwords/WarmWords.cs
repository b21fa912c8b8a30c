namespace AdminPanel.Web.Platform.Passwords;

/// <summary>Reads the lists of common words while the panel starts, so that nobody's request waits for them.</summary>
internal sealed class WarmWords : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => GuessEstimate.Bits("any password at all", []), stoppingToken);
}
