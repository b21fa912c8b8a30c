using System.Diagnostics;
using System.Text.Json;

namespace AdminPanel.Tests.Integration.Cli;

/// <summary>How the program ended, and what it said.</summary>
internal sealed record ShellAnswer(int Status, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;
}

/// <summary>The built program as a shell runs it.</summary>
internal static class Shell
{
    public static async Task<ShellAnswer> RunAsync(string connection, string[] arguments, string stdin = "")
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AdminPanel.Web.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        start.Environment["ConnectionStrings__Panel"] = connection;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(stdin);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return new ShellAnswer(process.ExitCode, await output, await error);
    }
}
