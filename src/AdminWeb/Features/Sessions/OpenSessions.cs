using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>The sessions that Dovecot on this host has open, through doveadm(1). The configuration that names its sockets is the host's own.</summary>
internal sealed class OpenSessions(IConfiguration configuration)
{
    // EX_NOUSER of sysexits.h: doveadm-kick(1) of 2.3 found nobody. 2.4 ends with 0.
    private const int Nobody = 68;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string configurationFile = Path.Combine(ServerSettings.OfHost(configuration, "dovecot_directory"), "dovecot.conf");

    /// <summary>Who has one, as Dovecot calls them; some more than once.</summary>
    /// <exception cref="ProgramException">Dovecot cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> UsersAsync(CancellationToken ct)
    {
        var answer = await Programs.RunAsync("doveadm", ["-c", configurationFile, "-f", "tab", "who"], Patience, ct);
        return answer.Status == 0
            ? [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t')[0])]
            : throw new ProgramException($"doveadm who: {answer.Said}");
    }

    /// <summary>Ends them. The client is told: in IMAP a BYE, in POP3 an -ERR.</summary>
    /// <exception cref="ProgramException">Dovecot cannot be asked.</exception>
    public async Task EndAsync(SessionMask mask, CancellationToken ct)
    {
        // One mask at a time: 2.3 refuses a second one, 2.4.1 crashes. A name may begin with "-".
        var answer = await Programs.RunAsync("doveadm", ["-c", configurationFile, "kick", "--", mask.Value], Patience, ct);
        // 2.3 also ends so when it may not kill(2) whom it found, and says that on stderr.
        if (answer.Status != 0 && (answer.Status != Nobody || answer.Errors.Contains("kill(", StringComparison.Ordinal))) throw new ProgramException($"doveadm kick {mask}: {answer.Said}");
    }
}
