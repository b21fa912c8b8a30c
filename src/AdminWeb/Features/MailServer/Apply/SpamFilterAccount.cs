using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Rspamd's account, which talks to Redis over a socket that Redis' group alone may use.</summary>
internal static class SpamFilterAccount
{
    private const string Account = "_rspamd";
    private const string Group = "redis";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes it a member of that group, once. Rspamd notices when it is started.</summary>
    /// <exception cref="ProgramException">One of them is not installed.</exception>
    public static async Task JoinRedisAsync(CancellationToken ct)
    {
        var groups = await Programs.RunAsync("id", ["-nG", Account], Patience, ct);
        if (groups.Status != 0) throw new ProgramException($"There is no account {Account}: apt install rspamd redis-server.");
        if (!groups.Output.Split().Contains(Group)) await Programs.DemandAsync("usermod", ["--append", "--groups", Group, Account], ct);
    }
}
