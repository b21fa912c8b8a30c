using System.ComponentModel;
using System.Diagnostics;

namespace AdminPanel.Web.Platform;

/// <summary>What another program said.</summary>
public sealed record ProgramAnswer(int Status, string Output, string Errors)
{
    /// <summary>Everything it said, errors first; for a sentence about it.</summary>
    public string Said => $"{Errors}\n{Output}".Trim();
}

/// <summary>Programs of this host: started without a shell, from fixed directories, and never waited for without end.</summary>
public static class Programs
{
    // Not by PATH: root may run this, and what others put into its environment must choose no program.
    private static readonly string[] Directories = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <returns>Its whole path; null where it is not installed.</returns>
    public static string? Find(string name) => Directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <param name="input">What it reads on stdin; null: nothing.</param>
    /// <param name="patience">After this it is killed, with what it started.</param>
    /// <exception cref="ProgramException">It is not installed, cannot be started, or did not end in time.</exception>
    public static async Task<ProgramAnswer> RunAsync(string name, IReadOnlyList<string> arguments, TimeSpan patience, CancellationToken ct, ReadOnlyMemory<byte>? input = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            using var process = Start(name, arguments);
            try
            {
                return await TalkAsync(process, input, limit.Token);
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ProgramException($"{name} did not end within {patience.TotalSeconds:0} seconds.", e);
        }
    }

    /// <summary>The same, of one that must succeed.</summary>
    /// <exception cref="ProgramException">It did not, and this is what it said.</exception>
    public static async Task DemandAsync(string name, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var answer = await RunAsync(name, arguments, Usual, ct);
        if (answer.Status != 0) throw new ProgramException($"{name} failed: {answer.Said}");
    }

    /// <summary>One that puts a daemon into the background, which keeps what its standard output and errors are.</summary>
    /// <exception cref="ProgramException">It did not succeed, and this is what it said.</exception>
    public static async Task DetachAsync(string name, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var path = Find(name) ?? throw Missing(name);
        var said = Path.GetTempFileName();
        try
        {
            // The daemon would hold a pipe of ours open for as long as it lives. Nothing of the arguments is read as a command.
            var answer = await RunAsync("sh", ["-c", "exec \"$@\" </dev/null >\"$0\" 2>&1", said, path, .. arguments], Usual, ct);
            if (answer.Status != 0) throw new ProgramException($"{name} failed: {(await File.ReadAllTextAsync(said, ct)).Trim()}");
        }
        finally
        {
            File.Delete(said);
        }
    }

    /// <summary>Starts one that goes on until it is stopped.</summary>
    /// <exception cref="ProgramException">It is not installed, or cannot be started.</exception>
    public static Process Start(string name, IReadOnlyList<string> arguments)
    {
        var path = Find(name) ?? throw Missing(name);
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // The daemons' programs read MAIL_CONFIG, DOVECOT_..., LD_...: nobody's environment decides what they check.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ProgramException($"{path} cannot be started: {e.Message}", e);
        }
    }

    private static ProgramException Missing(string name) => new($"{name} is not installed: looked in {string.Join(", ", Directories)}.");

    private static async Task<ProgramAnswer> TalkAsync(Process process, ReadOnlyMemory<byte>? input, CancellationToken ct)
    {
        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        try
        {
            if (input is { } bytes) await process.StandardInput.BaseStream.WriteAsync(bytes, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all: what it says tells why.
        }
        await Task.WhenAll(errors, output);
        await process.WaitForExitAsync(ct);
        return new ProgramAnswer(process.ExitCode, await output, await errors);
    }
}
