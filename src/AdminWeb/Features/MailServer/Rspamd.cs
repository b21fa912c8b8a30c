using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// rspamd/: what the panel decides over the configuration that Rspamd's package brings, for Rspamd 3.4 and newer; and
/// the Redis that it keeps what it learned in. None of it where spam_filter is "none".
/// </summary>
public static class Rspamd
{
    /// <summary>Asks strangers: name servers, lists, other hosts' keys.</summary>
    private static readonly string[] NetworkModules = ["arc", "asn", "dkim", "dmarc", "fuzzy_check", "mx_check", "rbl", "spf"];

    /// <summary>Points from which a message is marked as spam.</summary>
    public const int MarkedFrom = 6;

    /// <summary>Points from which the sender's host does not get rid of it.</summary>
    public const int RefusedFrom = 15;

    /// <summary>Has a star for each whole point, and is missing below the first.</summary>
    public const string LevelHeader = "X-Spam-Level";

    /// <summary>Where Postfix hands over each message.</summary>
    public static string MilterSocket(MailServerSettings settings) => $"{settings.RspamdRunDirectory}/milter.sock";

    /// <summary>Where it is told what is spam and what is not: whoever may write there may tell it anything.</summary>
    public static string ControllerSocket(MailServerSettings settings) => $"{settings.RspamdRunDirectory}/controller.sock";

    public static IEnumerable<RenderedFile> Files(MailServerSettings settings, IReadOnlyList<SigningDomain> signing) => !settings.UsesRspamd ? [] :
    [
        Local("options.inc", Options(settings), "spam processing at large", "rspamd_run_directory", "rspamd_state_directory"),
        Local("logging.inc", $"type = \"file\";\nfilename = \"{settings.LogDirectory}/rspamd.log\";\nlevel = \"notice\";\n", "where it writes its log", "log_directory"),
        Local("worker-normal.inc", Off, "no worker of its own for scanning: the proxy does it"),
        Local("worker-fuzzy.inc", Off, "no store of fuzzy hashes for others"),
        Local("worker-proxy.inc", Proxy(settings), "the milter that Postfix talks to", "rspamd_run_directory"),
        Local("worker-controller.inc", $"bind_socket = \"{ControllerSocket(settings)} mode=0660 owner={settings.Paths.RspamdAccount}\";\n", "where it learns", "rspamd_run_directory"),
        Local("redis.conf", $"servers = \"{RedisSocket(settings)}\";\n", "where it keeps what it learned and counted", "redis_run_directory"),
        Local("classifier-bayes.conf", "backend = \"redis\";\n", "what people call spam, and what not"),
        Local("actions.conf", FormattableString.Invariant($"reject = {RefusedFrom};\nadd_header = {MarkedFrom};\ngreylist = null;\n"), "from which score on what is done"),
        Local("greylist.conf", Off, "no first message is delayed: it costs people more than it keeps away"),
        Local("milter_headers.conf", MilterHeaders, "the marks that sort spam into Junk, X-Spam and X-Spam-Level: what a stranger has set is taken out"),
        Local("ratelimit.conf", RateLimit(settings), "how much one person may send (outbound_rate)", "outbound_rate"),
        Local("dkim_signing.conf", RspamdSigning.Render(settings, signing), "signs for people who have signed in, and only for the domain that is theirs", RspamdSigning.SettingsOf(settings)),
        .. settings.SpamNetworkChecks ? [] : NetworkModules.Select(module => Local($"{module}.conf", Off, "asks others (spam_network_checks)")),
        new("redis/redis.conf", ConfigFile.AllRead, Owner, Redis(settings), ["log_directory", "redis_run_directory", "redis_state_directory"]),
    ];

    private const string Owner = "root:root";

    /// <summary>Of a module or worker that does nothing.</summary>
    internal const string Off = "enabled = false;\n";

    private static RenderedFile Local(string name, string text, string what, params string[] settings) =>
        new($"rspamd/local.d/{name}", ConfigFile.AllRead, Owner, GeneratedNote.For($"Rspamd: {what}.") + text, settings);

    private static string RedisSocket(MailServerSettings settings) => $"{settings.RedisRunDirectory}/redis-server.sock";

    private static string Options(MailServerSettings settings) => $"""
        pidfile = "{settings.RspamdRunDirectory}/rspamd.pid";
        control_socket = "{settings.RspamdRunDirectory}/control.sock mode=0600";
        cache_file = "{settings.RspamdStateDirectory}/symbols.cache";
        dynamic_conf = "{settings.RspamdStateDirectory}/rspamd_dynamic";
        history_file = "{settings.RspamdStateDirectory}/rspamd.history";
        stats_file = "{settings.RspamdStateDirectory}/stats.ucl";
        rrd = "{settings.RspamdStateDirectory}/rspamd.rrd";
        hs_cache_dir = "{settings.RspamdStateDirectory}/";

        """;

    private const string MilterHeaders = $$"""
        use = ["x-spam-level", "remove-headers"];
        skip_local = false;
        skip_authenticated = true;
        remove_upstream_spam_flag = true;
        routines {
          remove-headers {
            headers {
              "{{LevelHeader}}" = 0;
            }
          }
        }

        """;

    private static string Proxy(MailServerSettings settings) => $$"""
        milter = yes;
        timeout = 60s;
        bind_socket = "{{MilterSocket(settings)}} mode=0660 owner={{settings.Paths.RspamdAccount}} group=postfix";
        upstream "local" {
          default = yes;
          self_scan = yes;
        }

        """;

    // Mail to postmaster is not left out of the count, as it is by default: one more recipient would switch the limit off.
    private static string RateLimit(MailServerSettings settings) => settings.OutboundRate == 0 ? Off : $$"""
        whitelisted_rcpts = ["nobody-is-left-out"];
        rates {
          user {
            bucket {
              burst = {{settings.OutboundRate}};
              rate = "{{settings.OutboundRate}} / 1h";
            }
          }
        }

        """;

    // What it forgets first is what would expire first; what was learned is kept over a restart.
    private static string Redis(MailServerSettings settings) => $"""
        {GeneratedNote.For("Redis: what Rspamd has learned and counted.")}port 0
        unixsocket {RedisSocket(settings)}
        unixsocketperm 770
        dir {settings.RedisStateDirectory}
        logfile {settings.LogDirectory}/redis.log
        pidfile {settings.RedisRunDirectory}/redis-server.pid
        daemonize no
        maxmemory 256mb
        maxmemory-policy volatile-ttl
        save 300 10

        """;
}
