using System.Diagnostics;
using System.Globalization;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>One daemon of the mail server, told by its own program, or by systemd where that runs it.</summary>
/// <param name="Name">As its unit of systemd is called.</param>
/// <param name="Folder">Its files in the tree.</param>
/// <param name="Process">What it is called in the list of processes.</param>
/// <param name="PidFile">Where it writes down its process.</param>
/// <param name="Commands">Where no systemd runs.</param>
internal sealed record Daemon(string Name, string Folder, string Process, string PidFile, DaemonCommands Commands)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>All that read files of a tree, in the order in which they are started.</summary>
    public static IReadOnlyList<Daemon> Of(MailServerSettings settings, IEnumerable<string> paths)
    {
        var folders = paths.Select(path => path.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        return [.. All(settings).Where(daemon => folders.Contains(daemon.Folder))];
    }

    public bool IsRunning => ProcessId is not null;

    public async Task StartAsync(CancellationToken ct)
    {
        if (!IsRunning && HasSystemd) await DemandAsync(["systemctl", "start", Name], ct);
        else if (!IsRunning) await Programs.DetachAsync(Commands.Start[0], [.. Commands.Start.Skip(1)], ct);
        await UntilAsync(() => IsRunning, $"{Name} does not start: see its log.", ct);
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (IsRunning && HasSystemd) await DemandAsync(["systemctl", "stop", Name], ct);
        else if (IsRunning && Commands.Stop is { } stop) await DemandAsync(stop, ct);
        else if (ProcessId is { } process) Posix.Signal(process, Posix.Terminate);
        await UntilAsync(() => !IsRunning, $"{Name} does not stop.", ct);
    }

    /// <summary>Lets it read its files anew.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        if (IsRunning && Commands.Reload is { } reload) await DemandAsync(reload, ct);
        else if (ProcessId is { } process) Posix.Signal(process, Commands.ReloadSignal);
    }

    private static IEnumerable<Daemon> All(MailServerSettings settings)
    {
        var (redis, dovecot) = (Path.Combine(settings.RedisDirectory, "redis.conf"), Path.Combine(settings.DovecotDirectory, "dovecot.conf"));
        yield return new Daemon("redis-server", "redis", "redis-server", $"{settings.RedisRunDirectory}/redis-server.pid",
            new(["setpriv", "--reuid=redis", "--regid=redis", "--init-groups", "redis-server", redis, "--daemonize", "yes"], null, null));
        yield return new Daemon("rspamd", "rspamd", "rspamd", $"{settings.RspamdRunDirectory}/rspamd.pid",
            new(["rspamd", $"--var=LOCAL_CONFDIR={settings.RspamdDirectory}", "-c", "/etc/rspamd/rspamd.conf", "-u", "_rspamd", "-g", "_rspamd"], null, null));
        // The name that its unit reads, where the panel has put a link.
        yield return new Daemon("opendkim", "opendkim", "opendkim", OpenDkim.PidFile(settings),
            new(["opendkim", "-x", Path.Combine(settings.OpenDkimDirectory, "opendkim.conf")], null, null) { ReloadSignal = Posix.User1 });
        yield return new Daemon("dovecot", "dovecot", "dovecot", $"{settings.DovecotRunDirectory}/master.pid",
            new(["dovecot", "-c", dovecot], ["doveadm", "-c", dovecot, "stop"], ["doveadm", "-c", dovecot, "reload"]));
        yield return new Daemon("postfix", "postfix", "master", $"{settings.PostfixQueueDirectory}/pid/master.pid",
            new(["postfix", "-c", settings.PostfixDirectory, "start"], ["postfix", "-c", settings.PostfixDirectory, "stop"], ["postfix", "-c", settings.PostfixDirectory, "reload"]));
    }

    private static bool HasSystemd => Directory.Exists("/run/systemd/system");

    private int? ProcessId
    {
        get
        {
            try
            {
                // Postfix keeps its file locked.
                using var handle = Posix.OpenFile(PidFile, out _);
                if (handle is null) return null;

                using var file = new StreamReader(new FileStream(handle, FileAccess.Read));
                if (!int.TryParse(file.ReadToEnd().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;

                // The file of one that was killed is still there, and the number may be somebody else's.
                return File.ReadAllText($"/proc/{id}/comm").Trim() == Process && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal) ? id : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    private static Task DemandAsync(IReadOnlyList<string> command, CancellationToken ct) => Programs.DemandAsync(command[0], [.. command.Skip(1)], ct);

    private static async Task UntilAsync(Func<bool> isSo, string otherwise, CancellationToken ct)
    {
        for (var waited = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(20, ct))
        {
            if (Stopwatch.GetElapsedTime(waited) > Patience) throw new ProgramException(otherwise);
        }
    }
}

/// <param name="Stop">Null: a signal, TERM.</param>
/// <param name="Reload">Null: a signal.</param>
internal sealed record DaemonCommands(IReadOnlyList<string> Start, IReadOnlyList<string>? Stop, IReadOnlyList<string>? Reload)
{
    /// <summary>What lets it read its files anew where no command does.</summary>
    public int ReloadSignal { get; init; } = Posix.HangUp;
}
