using System.Diagnostics;
using System.Text;

namespace AdminPanel.Tests.Support;

/// <summary>
/// A daemon that cannot outlive the test process, however that ends: a shell holds the read end of a pipe from here,
/// and at its end of file stops the daemon and removes its directory.
/// </summary>
public sealed class WatchedProcess : IAsyncDisposable
{
    private const string Watch = """
        directory=$1; shift; exec 3<&0
        while :; do
            "$@" </dev/null 3<&- & daemon=$!
            echo $daemon
            { read -r _ <&3; kill "$daemon" 2>/dev/null; } & watcher=$!
            wait "$daemon"; status=$?
            kill "$watcher" 2>/dev/null
            rm "$directory/again" 2>/dev/null || break
        done
        rm -rf "$directory"
        exit $status
        """;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly string directory;
    private readonly Process shell;
    private readonly StringBuilder errors = new();

    private WatchedProcess(string directory, Process shell, int daemonId)
    {
        this.directory = directory;
        this.shell = shell;
        DaemonId = daemonId;
        shell.ErrorDataReceived += (_, line) => { lock (errors) errors.AppendLine(line.Data); };
        shell.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    /// <summary>Process id of the daemon itself.</summary>
    public int DaemonId { get; private set; }

    public bool HasExited => shell.HasExited;

    /// <summary>What the daemon wrote to standard error.</summary>
    public string Errors { get { lock (errors) return errors.ToString(); } }

    public static async Task<WatchedProcess> StartAsync(string directory, IEnumerable<string> command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Watch, "watch", directory, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var shell = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
        return new WatchedProcess(directory, shell, await DaemonIdAsync(shell));
    }

    /// <summary>Kills the daemon, as when the machine stops, and starts it again over what it left in its directory.</summary>
    public async Task RestartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "again"), "");
        using (var daemon = Process.GetProcessById(DaemonId)) daemon.Kill();
        DaemonId = await DaemonIdAsync(shell);
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        shell.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<int> DaemonIdAsync(Process shell) => int.Parse((await shell.StandardOutput.ReadLineAsync())!);

    private void Stop()
    {
        try
        {
            shell.StandardInput.Close();
            if (!shell.WaitForExit(StopLimit)) shell.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Already disposed: stopped before.
        }
    }
}
