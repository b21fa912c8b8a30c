using AdminPanel.Data;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>The daemons of this host, asked for their versions.</summary>
public sealed class InstalledDaemons
{
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
        if (Programs.Find(program) is null) return null;
        try
        {
            return (await Programs.RunAsync(program, arguments, Patience, ct)).Output.Split('\n')[0].Trim() is { Length: > 0 } version ? version : null;
        }
        catch (ProgramException)
        {
            return null;
        }
    }
}
