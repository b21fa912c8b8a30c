using System.ComponentModel;
using System.Diagnostics;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>The daemons of this host, asked for their versions.</summary>
public sealed class InstalledDaemons
{
    // Not by PATH: root may run this, and what others put into its environment must choose no program.
    private static readonly string[] Directories = ["/usr/sbin", "/usr/local/sbin"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The versions to render for.</summary>
    /// <param name="dovecot">As somebody named it; null: the one that is installed.</param>
    /// <param name="postfix">Likewise.</param>
    public async Task<Outcome<DaemonVersions>> FindAsync(string? dovecot, string? postfix, CancellationToken ct) => DaemonVersions.Read(
        dovecot ?? await AskAsync("dovecot", ["--version"], ct),
        postfix ?? await AskAsync("postconf", ["-d", "-h", "mail_version"], ct));

    /// <returns>The first line that it prints; null when it is not installed or says nothing.</returns>
    private static async Task<string?> AskAsync(string program, string[] arguments, CancellationToken ct)
    {
        if (Directories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists) is not { } path) return null;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await errors;
                await process.WaitForExitAsync(limit.Token);
                return output.Split('\n')[0].Trim() is { Length: > 0 } version ? version : null;
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
