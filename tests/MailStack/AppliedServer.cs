using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// A host whose mail server `adminpanel apply` manages: directories of its own in the place of /etc, and a Postfix and a
/// Dovecot that apply has started, on the database of the shared instance. Gone with the tests of one class.
/// </summary>
public sealed class AppliedServer : IAsyncLifetime
{
    private readonly string[] listeners = ["SMTP", "SUBMISSION", "SUBMISSIONS", "INTERNAL_SMTP", "IMAPS", "POP3S", "MANAGESIEVE"];
    private readonly Dictionary<string, int> ports = [];
    private string mailbox = "";
    private WatchedProcess? watch;
    private TrialInstance? instance;

    public string Directory { get; private set; } = "";

    public string Etc => Path.Combine(Directory, "etc");

    /// <summary>Where apply keeps its trees.</summary>
    public string Applied => Path.Combine(Etc, "adminpanel");

    public string MainCf => Path.Combine(Etc, "postfix/main.cf");

    public string Smtp => At("SMTP");

    public string Submission => At("SUBMISSION");

    public string Imaps => At("IMAPS");

    /// <summary>For settings: has Rspamd and Redis, whose directories are made here, on this host.</summary>
    public string SpamFilterSettings => $"SPAM_FILTER=rspamd SPAM_NETWORK_CHECKS=no RSPAMD_RUN_DIRECTORY={Directory}/spam/run RSPAMD_STATE_DIRECTORY={Directory}/spam/state REDIS_RUN_DIRECTORY={Directory}/spam/redis REDIS_STATE_DIRECTORY={Directory}/spam/redis-state";

    public Task PrepareSpamFilterAsync() => ShellAsync($"""
        mkdir -p {Directory}/spam && cd {Directory}/spam && mkdir -p run state redis redis-state && touch {Directory}/log/rspamd.log {Directory}/log/redis.log
        chown -R _rspamd run state {Directory}/log/rspamd.log && chown -R redis:redis redis redis-state {Directory}/log/redis.log
        """);

    public Task StopSpamFilterAsync() => ShellAsync($"cd {Directory}/spam && for pid in run/rspamd.pid redis/redis-server.pid; do test ! -e $pid || kill $(cat $pid) || true; done");

    /// <summary>For settings: OpenDKIM signs, with keys that no account may put there; it would refuse those below /tmp.</summary>
    public string OpenDkimSettings => $"DKIM_SIGNER=opendkim OPENDKIM_DIRECTORY={Etc} OPENDKIM_RUN_DIRECTORY={Directory}/opendkim DKIM_DIRECTORY={OpenDkimKeys}";

    public string OpenDkimKeys => $"/var/lib/{Path.GetFileName(Directory)}";

    public Task PrepareOpenDkimAsync() => ShellAsync($"mkdir -p {Directory}/opendkim && chown opendkim: {Directory}/opendkim");

    /// <summary>Until it has ended: its library looks only every five seconds whether it should, and until then it would count as running.</summary>
    public Task StopOpenDkimAsync() => ShellAsync($"""
        cd {Directory}/opendkim && if test -e opendkim.pid; then
          pid=$(cat opendkim.pid); kill $pid || true
          while test -e /proc/$pid && ! grep -q '^State:.Z' /proc/$pid/status; do sleep 0.1; done
        fi
        rm -rf {OpenDkimKeys}
        """);

    public string Certificate => Path.Combine(Directory, "tls/server.pem");

    public string Key => Path.Combine(Directory, "tls/server.key");

    /// <summary>An empty host, at the first test: nothing is started where every test is skipped.</summary>
    public async Task<AppliedServer> OpenAsync()
    {
        if (instance is not null) return this;

        instance = await TrialInstance.Shared;
        Directory = System.IO.Directory.CreateTempSubdirectory("panel-host-").FullName;
        await ShellAsync($"""
            chmod 0755 {Directory} && cd {Directory} && mkdir -p etc tls mail queue data state log run
            cp {instance.Directory}/private/sealing.key .
            cp {instance.Directory}/tls/server.pem {instance.Directory}/tls/server.key tls/
            chown 5000:5000 mail && chown postfix data
            """);
        // What it is going to start goes with the test process, however that ends.
        watch = await WatchedProcess.StartAsync(Directory, ["/bin/sh", "-c", $"trap 'postfix -c {Etc}/postfix stop; doveadm -c {Etc}/dovecot/dovecot.conf stop; exit' TERM; while :; do sleep 1; done"]);
        ChoosePorts();
        var domain = MailData.NewDomain();
        mailbox = $"box@{domain}";
        await new MailData().Domain(domain).Mailbox(mailbox, $"{domain}/box").WriteAsync(instance);
        return this;
    }

    /// <summary>The same, with what the panel says in force.</summary>
    public async Task<AppliedServer> InForceAsync()
    {
        await OpenAsync();
        var (status, _, errors) = await PanelAsync("apply --replace");
        Assert.True(status == 0, errors);
        return this;
    }

    /// <summary>`adminpanel COMMAND` on this host.</summary>
    /// <param name="settings">Settings of the host for this once: "MESSAGE_SIZE_LIMIT=1000000".</param>
    /// <param name="by">What runs it: nothing, or another program.</param>
    public Task<(int Status, string Output, string Errors)> PanelAsync(string command, string settings = "", string by = "") => TrialInstance.RunAsync("/bin/bash", ["-c", $"""
        set -a
        . {instance!.Directory}/private/environment
        {string.Join('\n', Settings().Concat(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(setting => "ADMINPANEL__MAILSERVER__" + setting))}
        set +a
        exec {by} dotnet "$PANEL_PUBLISHED/AdminPanel.Web.dll" {command}
        """]);

    /// <summary>A message from another host comes in and is there for its owner.</summary>
    public async Task MailFlowsAsync()
    {
        await using var smtp = await SmtpDialogue.OpenAsync(Smtp);
        var mark = Guid.NewGuid().ToString("n");
        var reply = await smtp.SendAsync("somebody@example.net", mailbox, $"Subject: {mark}\n\n{mark}\n");
        Assert.True(reply.Code == 250, $"{reply}");
        await SpamFilter.AwaitAsync(async () => (await TrialInstance.RunAsync("/bin/grep", ["-r", "-l", mark, Path.Combine(Directory, "mail")])).Output.Length > 0);
    }

    public async Task<bool> SignsInAsync()
    {
        await using var imap = await ImapDialogue.OpenAsync(Imaps, instance!.CaFile);
        return await imap.SignInAsync(mailbox, MailData.Password);
    }

    /// <summary>What EHLO offers on port 25: SIZE among it.</summary>
    public async Task<string> OffersAsync()
    {
        await using var smtp = await SmtpDialogue.OpenAsync(Smtp);
        return smtp.Offers;
    }

    /// <summary>Everything in the place of /etc: names, modes, owners, targets of links, contents.</summary>
    public async Task<string> FilesAsync(string below = "") =>
        await ShellAsync($"cd {Path.Combine(Etc, below)} && find . -not -name apply.lock -printf '%p %y %m %u:%g %l\\n' | sort && find . -type f -not -name apply.lock -print0 | sort -z | xargs -0 -r sha256sum");

    // Postfix keeps its file locked, and .NET asks for a lock of its own.
    public async Task<int> ProcessOfAsync(string pidFile) => int.Parse(await ShellAsync($"cat {Path.Combine(Directory, pidFile)}"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);

    public static async Task<string> ShellAsync(string commands)
    {
        var (status, output, errors) = await TrialInstance.RunAsync("/bin/bash", ["-ec", commands]);
        Assert.True(status == 0, errors);
        return output;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (watch is not null) await watch.DisposeAsync();
    }

    private string At(string listener) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports[listener]}");

    private IEnumerable<string> Settings() =>
    [
        $"APPLY_DIRECTORY={Applied}", $"POSTFIX_DIRECTORY={Etc}/postfix", $"DOVECOT_DIRECTORY={Etc}/dovecot", $"RSPAMD_DIRECTORY={Etc}/rspamd", $"REDIS_DIRECTORY={Etc}/redis",
        $"TLS_CERTIFICATE={Certificate}", $"TLS_KEY={Key}", $"MAIL_ROOT={Directory}/mail", $"POSTFIX_QUEUE_DIRECTORY={Directory}/queue", $"POSTFIX_DATA_DIRECTORY={Directory}/data",
        $"DKIM_DIRECTORY={Applied}/dkim", $"SEALING_KEY={Directory}/sealing.key", $"DOVECOT_RUN_DIRECTORY={Directory}/run", $"DOVECOT_STATE_DIRECTORY={Directory}/state", $"LOG_DIRECTORY={Directory}/log", "SIGN_IN_REPORT=none",
        .. listeners.Select(listener => $"{listener}_LISTEN={At(listener)}"),
    ];

    // All at once, so that no two are the same.
    private void ChoosePorts()
    {
        var sockets = listeners.Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var (socket, listener) in sockets.Zip(listeners))
        {
            socket.Start();
            ports[listener] = ((IPEndPoint)socket.LocalEndpoint).Port;
        }
        foreach (var socket in sockets) socket.Stop();
    }
}
