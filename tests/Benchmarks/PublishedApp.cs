using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Benchmarks;

/// <summary>A published program (ReadyToRun, as it is shipped), started on a free loopback port until it answers.</summary>
internal sealed class PublishedApp : IAsyncDisposable
{
    private readonly Process process;

    private PublishedApp(Process process, Uri address, double millisecondsToFirstAnswer)
    {
        this.process = process;
        Address = address;
        MillisecondsToFirstAnswer = millisecondsToFirstAnswer;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the last byte of its first page.</summary>
    public double MillisecondsToFirstAnswer { get; }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMebibytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Of all its threads, since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Publishes a project below artifacts/benchmarks and returns its dll.</summary>
    public static async Task<string> PublishAsync(string project, string assembly)
    {
        var output = Path.Combine(Checkout.Root, "artifacts", "benchmarks", assembly);
        await RunToEndAsync("dotnet", ["publish", Path.Combine(Checkout.Root, project), "-c", "Release", "-r", "linux-x64", "--self-contained", "false",
            "-p:PublishReadyToRun=true", "-v", "quiet", "-o", output], environment: new Dictionary<string, string>());
        return Path.Combine(output, assembly + ".dll");
    }

    public static async Task<PublishedApp> StartAsync(string dll, IReadOnlyList<string> arguments, string firstPage, IReadOnlyDictionary<string, string> environment)
    {
        var address = new Uri($"http://localhost:{FreePort()}/");
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The panel listens where its own settings say and nowhere else; the empty app knows only ASP.NET Core's variable.
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["ADMINPANEL__PANEL__LISTEN"] = address.ToString().TrimEnd('/');
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitForAnswerAsync(new Uri(address, firstPage), process);
        return new PublishedApp(process, address, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    public static async Task<string> RunToEndAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await errors}{await output}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task WaitForAnswerAsync(Uri page, Process process)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(page);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
