using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Finishes or takes back what an apply has begun that did not end: at the next apply, and when the machine starts. It asks no database.</summary>
public sealed class RecoverApply(IConfiguration configuration)
{
    /// <returns>Whether there was something.</returns>
    /// <exception cref="IOException">A file or a daemon fails; the next one tries again.</exception>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess) throw new SettingException("Run it as root: the files belong to root, and so do the daemons.");

        var directory = ServerSettings.OfHost(configuration, "apply_directory");
        if (!Directory.Exists(directory)) return false;

        using var turn = await ApplyTurn.TakeAsync(directory, ct);
        return await new Switchover(directory, new Trees(directory)).RecoverAsync(ct);
    }
}
