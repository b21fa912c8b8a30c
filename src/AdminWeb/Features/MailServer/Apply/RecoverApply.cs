using AdminPanel.Data;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Finishes or takes back what an apply has begun that did not end: at the next apply, and when the machine starts. It asks no database.</summary>
public sealed class RecoverApply(IConfiguration configuration)
{
    /// <returns>Whether there was something; or why it cannot be done.</returns>
    /// <exception cref="IOException">A file or a daemon fails; the next one tries again.</exception>
    public async Task<Outcome<bool>> RunAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess) return Outcome.Refused<bool>(new Problem("", "ApplyNeedsRoot"));

        var directory = ServerSettings.OfHost(configuration, "apply_directory");
        if (!Directory.Exists(directory)) return Outcome.Done(false);

        using var turn = await ApplyTurn.TakeAsync(directory, ct);
        return Outcome.Done(await new Switchover(directory, new Trees(directory)).RecoverAsync(ct));
    }
}
