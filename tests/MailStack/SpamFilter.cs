using System.Diagnostics;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Rspamd and its Redis from rendered files, between Postfix and Dovecot of the trial; all of it gone with the tests of one class.</summary>
public sealed class SpamFilter : IAsyncLifetime
{
    /// <summary>Rspamd compiles its patterns at the first start.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<WatchedProcess> daemons = [];

    private TrialInstance? instance;

    private string Directory => Path.Combine(instance!.Directory, "spam");

    /// <summary>The rendered tree.</summary>
    public string Rendered { get; private set; } = "";

    public string Controller => Path.Combine(Directory, "run/controller.sock");

    /// <summary>A message with this in its text gets four points for it.</summary>
    public const string FourPoints = "four points for this sentence";

    /// <summary>Messages an hour that one person may send.</summary>
    public static int OutboundRate => 4;

    /// <summary>At the first test, so that nothing is started where every test is skipped.</summary>
    public async Task<TrialInstance> OpenAsync()
    {
        if (instance is not null) return instance;

        instance = await TrialInstance.Shared;
        foreach (var name in (string[])["run", "state", "redis", "redis-state"]) System.IO.Directory.CreateDirectory(Path.Combine(Directory, name));
        await RunAsync("/usr/bin/touch", Path.Combine(instance.Log, "rspamd.log"), Path.Combine(instance.Log, "redis.log"));
        await RunAsync("/bin/chown", "-R", "_rspamd:_rspamd", Directory, Path.Combine(instance.Log, "rspamd.log"), Path.Combine(instance.Log, "redis.log"));
        Rendered = await instance.PutInForceAsync(
            "spam_filter=rspamd", "spam_network_checks=no", $"outbound_rate={OutboundRate}", $"rspamd_directory={instance.Directory}/chosen/rspamd", $"rspamd_run_directory={Directory}/run",
            $"rspamd_state_directory={Directory}/state", $"redis_run_directory={Directory}/redis", $"redis_state_directory={Directory}/redis-state");
        // Messages that are spam by agreement, and not only those that are refused.
        System.IO.Directory.CreateDirectory(Path.Combine(Rendered, "rspamd/override.d"));
        await File.WriteAllTextAsync(Path.Combine(Rendered, "rspamd/override.d/options.inc"), "enable_test_patterns = true;\n");
        await File.WriteAllTextAsync(Path.Combine(Rendered, "rspamd/override.d/regexp.conf"), $"FOUR_POINTS {{ re = '/{FourPoints}/{{sa_body}}'; score = 4.0; }}\n");
        await StartAsync("redis", "/usr/bin/setpriv", "--reuid=_rspamd", "--regid=_rspamd", "--clear-groups", "/usr/bin/redis-server", Path.Combine(Rendered, "redis/redis.conf"));
        await StartAsync("rspamd", "/usr/bin/rspamd", $"--var=LOCAL_CONFDIR={Rendered}/rspamd", "-c", "/etc/rspamd/rspamd.conf", "-u", "_rspamd", "-g", "_rspamd", "-f");
        await AwaitAsync(() => Task.FromResult(File.Exists(Controller) && File.Exists(Path.Combine(Directory, "run/milter.sock"))));
        return instance;
    }

    /// <summary>How many messages it has learned as "spam" or as "ham", from its Redis: of itself it says so half a minute later.</summary>
    public async Task<int> LearnedAsync(string what) =>
        int.TryParse((await TrialInstance.RunAsync("/usr/bin/redis-cli", ["-s", Path.Combine(Directory, "redis/redis-server.sock"), "HGET", "RS", "learns_" + what])).Output, out var count) ? count : 0;

    public static async Task AwaitAsync(Func<Task<bool>> isSo)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "It did not become so in time.");
            await Task.Delay(100);
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (instance is null) return;

        foreach (var daemon in daemons) await daemon.DisposeAsync();
        await instance.PutInForceAsync();
    }

    private async Task StartAsync(string name, params string[] command) => daemons.Add(await WatchedProcess.StartAsync(Path.Combine(Directory, name + ".watch"), command));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var (status, _, errors) = await TrialInstance.RunAsync(program, arguments);
        Assert.True(status == 0, errors);
    }
}
