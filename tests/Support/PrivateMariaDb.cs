using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Tests.Support;

/// <summary>
/// A MariaDB server of this test process alone: its data in a temporary directory, on a unix socket, started on first
/// use, gone when the process is.
/// </summary>
public sealed class PrivateMariaDb : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PrivateMariaDb>> SharedServer = new(() => StartAsync());
    private static int databases;
    private readonly WatchedProcess process;

    private PrivateMariaDb(string directory, int port, WatchedProcess process)
    {
        Directory = directory;
        Port = port;
        this.process = process;
    }

    /// <summary>The server that the tests of this process share.</summary>
    public static Task<PrivateMariaDb> Shared => SharedServer.Value;

    /// <summary>Holds the data, the socket and, with TLS, ca.pem; removed at the end.</summary>
    public string Directory { get; }

    public string Socket => Path.Combine(Directory, "s");

    /// <summary>On 127.0.0.1; 0 when the server does not listen there.</summary>
    public int Port { get; }

    /// <summary>Process id of mariadbd.</summary>
    public int ProcessId => process.DaemonId;

    /// <summary>The certificate authority of a server with TLS.</summary>
    public string CaFile => Path.Combine(Directory, "ca.pem");

    /// <exception cref="InvalidOperationException">A program is missing, or the server did not start; the message holds its own words.</exception>
    public static async Task<PrivateMariaDb> StartAsync(PrivateMariaDbOptions? options = null)
    {
        Requirement.MariaDb.Demand();
        options ??= new();
        var directory = System.IO.Directory.CreateTempSubdirectory("panel-db-").FullName;
        var port = options.Tcp || options.Tls ? FreePort() : 0;
        await InstallAsync(directory);
        if (options.Tls) TestCertificates.Write(directory);
        var process = await WatchedProcess.StartAsync(directory, ["/usr/sbin/mariadbd", .. Arguments(directory, port, options)]);
        var server = new PrivateMariaDb(directory, port, process);
        await server.WaitUntilUpAsync();
        return server;
    }

    /// <summary>As root of the database, over the unix socket.</summary>
    public string ConnectionString(string database) => $"Socket={Socket};User=root;Database={database}";

    /// <summary>An empty database of its own for one test class.</summary>
    /// <returns>Its name: the prefix with a number.</returns>
    public async Task<string> CreateDatabaseAsync(string prefix)
    {
        var name = $"{prefix}_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
        return name;
    }

    /// <summary>Runs statements through the mariadb client, not through the driver under test.</summary>
    /// <returns>Its output: rows without headers, columns separated by tabs.</returns>
    public Task<string> ExecuteAsync(string sql, string? database = null) => RunAsync(
        "/usr/bin/mariadb",
        ["--no-defaults", $"--socket={Socket}", "--user=root", "--default-character-set=utf8mb4", "-N", "-B", "-e", sql, .. database is null ? [] : new[] { database }]);

    /// <summary>
    /// Kills the server and starts it again. What it had committed is there if it was started with
    /// --innodb-flush-log-at-trx-commit=1; all connections are gone.
    /// </summary>
    public async Task RestartAsync()
    {
        await process.RestartAsync();
        await WaitUntilUpAsync();
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static IEnumerable<string> Arguments(string directory, int port, PrivateMariaDbOptions options) =>
    [
        "--no-defaults", $"--datadir={directory}/data", $"--socket={directory}/s", $"--pid-file={directory}/pid",
        // A server that starts removes other servers' temporary tables from a directory they share.
        $"--tmpdir={directory}",
        .. Environment.IsPrivilegedProcess ? ["--user=root"] : Array.Empty<string>(),
        .. port == 0 ? new[] { "--skip-networking" } : ["--bind-address=127.0.0.1", $"--port={port}"],
        .. options.Tls ? new[] { $"--ssl-ca={directory}/ca.pem", $"--ssl-cert={directory}/server.pem", $"--ssl-key={directory}/server.key" } : ["--skip-ssl"],
        .. options.TimeZone is { } zone ? new[] { $"--default-time-zone={zone}" } : [],
        // Each panel that a test starts keeps some for minutes after its end.
        "--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci", "--skip-name-resolve", "--max-connections=2000",
        "--skip-log-bin", "--performance-schema=OFF", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0",
        "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M", "--max-allowed-packet=64M", "--innodb-lock-wait-timeout=10",
        .. options.Arguments,
    ];

    private static Task<string> InstallAsync(string directory) => RunAsync(
        "/usr/bin/mariadb-install-db",
        ["--no-defaults", $"--datadir={directory}/data", $"--tmpdir={directory}", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve",
            "--innodb-log-file-size=16M", .. Environment.IsPrivilegedProcess ? ["--user=root"] : Array.Empty<string>()]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {await errors}{await output}");
    }

    private async Task WaitUntilUpAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"mariadbd did not start: {process.Errors}");
            }
            await Task.Delay(50);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
            return await socket.ReceiveAsync(new byte[1]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
