using System.Diagnostics;
using System.Text.Json;

namespace AdminPanel.Tests.Support;

/// <summary>
/// What ./run starts: panel, database, Postfix, Dovecot and outbox, in a temporary directory; stopped with the test
/// process. Read from its run.json, as anybody else would.
/// </summary>
public sealed class TrialInstance : IAsyncDisposable
{
    // A first start builds the program.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    // Its database and its programs are in zones of their own, so every test that uses it says that zones change nothing.
    private static readonly Lazy<Task<TrialInstance>> SharedInstance = new(() => StartSharedAsync(null));
    private static readonly Lazy<Task<TrialInstance>> Debian13Instance = new(StartOnDebian13Async);
    private static readonly Lazy<Task<TrialInstance>> SecondInstance = new(() => StartSharedAsync(null));
    private static readonly Lazy<Task<TrialInstance>> SecondDebian13Instance = new(StartOnDebian13Async);
    private readonly WatchedProcess process;
    private readonly JsonElement run;
    private readonly string? tree;

    private TrialInstance(string directory, string? tree, WatchedProcess process, JsonElement run)
    {
        Directory = directory;
        this.tree = tree;
        this.process = process;
        this.run = run;
    }

    /// <summary>The instance that the tests of this process share.</summary>
    public static Task<TrialInstance> Shared => SharedInstance.Value;

    /// <summary>Another one, with the Postfix and Dovecot of Debian 13.</summary>
    public static Task<TrialInstance> OnDebian13 => Debian13Instance.Value;

    /// <summary>One more, for tests that change what holds for all mailboxes of a server.</summary>
    public static Task<TrialInstance> Second => SecondInstance.Value;

    /// <inheritdoc cref="Second"/>
    public static Task<TrialInstance> SecondOnDebian13 => SecondDebian13Instance.Value;

    /// <summary>The zone of the shared instance's database server.</summary>
    public const string DatabaseTimeZone = "-09:30";

    /// <summary>The repository that the tests were built in.</summary>
    public static string Repository { get; } = FindRepository();

    public string Directory { get; }

    /// <summary>"http://localhost:8080".</summary>
    public string Panel => Text("panel");

    public string Smtp => Text("smtp");

    public string Submission => Text("submission");

    public string Submissions => Text("submissions");

    public string Imaps => Text("imaps");

    public string Pop3s => Text("pop3s");

    public string ManageSieve => Text("managesieve");

    public string DatabaseSocket => Text("database_socket");

    public string Outbox => Text("outbox");

    public string MailRoot => Text("mail_root");

    public string CaFile => Text("ca_file");

    /// <summary>The rendered tree that the daemons run from.</summary>
    public string Config => Text("config");

    public string Log => Text("log");

    /// <summary>As the database's administrator, over its unix socket.</summary>
    public string ConnectionString => $"Socket={DatabaseSocket};User={Environment.UserName};Database=adminpanel";

    /// <param name="directory">Its state directory, which is kept at the end.</param>
    /// <exception cref="InvalidOperationException">./run ended; the message holds what it said.</exception>
    public static Task<TrialInstance> StartAsync(string directory) => StartAsync(directory, removes: directory + ".watch", null, []);

    /// <param name="tree">Where Postfix and Dovecot are; null: installed.</param>
    private static Task<TrialInstance> StartSharedAsync(string? tree)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("panel-run-").FullName;
        // Postfix enters it as the user postfix.
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        // Without what ends sessions: a test that changes a password and signs in at once is not about that, see StartSessionAgentAsync.
        return StartAsync(directory, directory, tree, ["PANEL_SESSION_AGENT=no", "ADMINPANEL__PANEL__DNSPAUSE=1.00:00:00", $"PANEL_MARIADB_OPTIONS=--default-time-zone={DatabaseTimeZone}", "TZ=Asia/Kathmandu", .. tree is null ? [] : (string[])["PANEL_MAIL_TREE=" + tree]]);
    }

    private static Task<TrialInstance> StartOnDebian13Async() => StartSharedAsync(Debian13Tree.Directory ?? throw new InvalidOperationException(Debian13Tree.Repair));

    /// <param name="removes">The directory that the watching shell removes at the end.</param>
    /// <param name="environment">Variables for ./run, beside those of this process.</param>
    private static async Task<TrialInstance> StartAsync(string directory, string removes, string? tree, IReadOnlyList<string> environment)
    {
        Requirement.MailStack.Demand();
        var process = await WatchedProcess.StartAsync(removes, ["/usr/bin/env", .. environment, Path.Combine(Repository, "run"), "--var", directory]);
        var runFile = Path.Combine(directory, "run.json");
        var started = Stopwatch.GetTimestamp();
        while (!File.Exists(runFile))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit) throw new InvalidOperationException($"./run did not start: {process.Errors}");
            await Task.Delay(100);
        }
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(runFile));
        return new TrialInstance(directory, tree, process, json.RootElement.Clone());
    }

    /// <summary>Runs statements as the database's administrator, through the mariadb client.</summary>
    /// <returns>Rows without headers, columns separated by tabs.</returns>
    public async Task<string> ExecuteAsync(string sql)
    {
        var (status, output, errors) = await RunAsync(
            "/usr/bin/mariadb", ["--no-defaults", $"--socket={DatabaseSocket}", "--default-character-set=utf8mb4", "-N", "-B", "adminpanel"], sql);
        return status == 0 ? output : throw new InvalidOperationException(errors);
    }

    /// <summary>./adminpanel on this instance.</summary>
    public Task<(int Status, string Output, string Errors)> PanelAsync(IEnumerable<string> arguments, string input = "") =>
        RunAsync(Path.Combine(Repository, "adminpanel"), ["--var", Directory, .. arguments], input);

    /// <summary>The same, for a test that does not let it finish.</summary>
    public Process StartPanel(params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(Path.Combine(Repository, "adminpanel"), ["--var", Directory, .. arguments])) ?? throw new InvalidOperationException("./adminpanel did not start.");

    /// <summary>What ./run starts for everybody: the agent that ends the sessions of whoever loses a right. It works until it is disposed of.</summary>
    public async Task<IAsyncDisposable> StartSessionAgentAsync()
    {
        string[] command = [Path.Combine(Repository, "adminpanel"), "--var", Directory, "sessions", "watch"];
        return await WatchedProcess.StartAsync(Directory + ".agent", tree is null ? command : ["/usr/bin/nsenter", $"--mount=/proc/{ProcessId("run")}/ns/mnt", .. command]);
    }

    /// <summary>A program of its Postfix or Dovecot, where those run.</summary>
    /// <param name="program">Its path, as Debian installs it.</param>
    public Task<(int Status, string Output, string Errors)> RunDaemonsAsync(string program, IEnumerable<string> arguments, string input = "") => tree is null
        ? RunAsync(program, arguments, input)
        : RunAsync("/usr/bin/nsenter", [$"--mount=/proc/{ProcessId("run")}/ns/mnt", "/usr/sbin/chroot", tree, program, .. arguments], input);

    /// <summary>Another program, with its whole output.</summary>
    public static async Task<(int Status, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    public int ProcessId(string name) => run.GetProperty("pids").GetProperty(name).GetInt32();

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string FindRepository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "AdminPanel.sln"))) directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("These tests run inside the repository.");
        return directory;
    }

    private string Text(string name) => run.GetProperty(name).GetString() ?? throw new InvalidOperationException($"run.json has no {name}: {process.Errors}");
}
