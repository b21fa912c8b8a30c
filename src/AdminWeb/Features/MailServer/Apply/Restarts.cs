namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Why a daemon is started anew instead of reading its files anew.</summary>
/// <param name="Parameter">Null where what it ran from was not the panel's.</param>
public sealed record RestartReason(string Daemon, string? Parameter);

/// <summary>The parameters that a running daemon does not take on (postconf(5), doc.dovecot.org "Reloading").</summary>
internal static class Restarts
{
    private static readonly (string Folder, string File, string[] Parameters)[] All =
    [
        ("postfix", "postfix/main.cf", ["queue_directory", "data_directory", "inet_interfaces", "inet_protocols"]),
        ("dovecot", "dovecot/dovecot.conf", ["base_dir", "state_dir", "instance_name"]),
        ("rspamd", "rspamd/local.d/options.inc", ["pidfile", "control_socket"]),
        // opendkim(8), SIGUSR1.
        ("opendkim", "opendkim/opendkim.conf", ["Socket", "PidFile", "UserID", "UMask"]),
        // Redis reads its file once.
        ("redis", "redis/redis.conf", []),
    ];

    /// <param name="before">A file's text that the daemon runs from; null where there was none.</param>
    /// <param name="after">The same of the new tree.</param>
    public static IEnumerable<RestartReason> Of(Daemon daemon, Func<string, string?> before, Func<string, string?> after) =>
        All.Where(one => one.Folder == daemon.Folder).SelectMany(one =>
        {
            var (old, next) = (before(one.File), after(one.File));
            if (old == next) return [];
            if (one.Parameters is []) return [new RestartReason(daemon.Name, one.File)];
            return one.Parameters.Where(parameter => Value(old, parameter) != Value(next, parameter)).Select(parameter => new RestartReason(daemon.Name, parameter));
        });

    private static string? Value(string? text, string parameter) =>
        text?.Split('\n').LastOrDefault(line => line.StartsWith(parameter + " ", StringComparison.Ordinal));
}
