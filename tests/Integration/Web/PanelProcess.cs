using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The built program as a process of its own.</summary>
public sealed partial class PanelProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PanelProcess(string[] arguments)
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AdminPanel.Web.dll"), .. arguments])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
            },
        };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>Runs a verb, or a server that ends by itself, to its end.</summary>
    public static async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        await using var panel = new PanelProcess(arguments);
        panel.Start();
        using var limit = new CancellationTokenSource(StartLimit);
        await panel.process.WaitForExitAsync(limit.Token);
        return (panel.process.ExitCode, panel.Output);
    }

    public static async Task<(PanelProcess Process, Uri Address)> ServeAsync(params string[] arguments)
    {
        var panel = new PanelProcess(["serve", .. arguments]);
        panel.Start();
        var done = await Task.WhenAny(panel.listening.Task, panel.process.WaitForExitAsync(), Task.Delay(StartLimit));
        if (done == panel.listening.Task) return (panel, await panel.listening.Task);

        await panel.DisposeAsync();
        throw new InvalidOperationException($"The panel did not start: {panel.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private void Start()
    {
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Take(string? line)
    {
        if (line is null) return;

        lock (output) output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: ""?(https?://[^"" ]+)")]
    private static partial Regex Listening();
}
