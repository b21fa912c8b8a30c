using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// An apply that is killed before a system call that changes a file, a name or a link: mail goes on, and what comes at
/// the next start of the machine, or of the service, brings it to an end without a person. kill-at.c kills it.
/// </summary>
public sealed class ApplyKillTests(AppliedServer server, ITestOutputHelper output) : IClassFixture<AppliedServer>
{
    // Each takes some five seconds: every fourth is tried, or as many as KILL_STEP says. KILL_STEP=1 ./test MailStack tries
    // them all, in eleven minutes.
    private static readonly int Step = int.Parse(Environment.GetEnvironmentVariable("KILL_STEP") ?? "4", CultureInfo.InvariantCulture);

    private string Killer => Path.Combine(server.Directory, "kill-at");

    private string Trees => Path.Combine(server.Applied, "trees");

    [MailStackFact]
    public async Task A_change_of_settings_that_is_killed_stops_no_mail()
    {
        await PrepareAsync();

        var inForce = Path.Combine(server.Applied, new FileInfo(Path.Combine(server.Applied, "current")).LinkTarget!);
        var calls = await CallsAsync("apply", "MESSAGE_SIZE_LIMIT=2000000", "-");
        // A tree is made where nothing leads to, so that a kill there changes nothing that anybody reads.
        var staged = calls.TakeWhile(call => !call.Contains("/apply.journal", StringComparison.Ordinal)).ToList();
        Assert.InRange(staged.Count, 40, 1000);
        Assert.All(staged, call => Assert.True(call.EndsWith("/apply.lock", StringComparison.Ordinal) || (call.Contains(Trees + "/", StringComparison.Ordinal) && !call.Contains(inForce, StringComparison.Ordinal)), call));
        foreach (var at in (int[])[2, staged.Count / 2, staged.Count]) await KillAsync("apply", at, $"MESSAGE_SIZE_LIMIT={2000000 + at}", "-");

        var outside = await CallsAsync("apply", "MESSAGE_SIZE_LIMIT=3000000", Trees);
        for (var at = 1; at <= outside.Count; at += Step) await KillAsync("apply", at, $"MESSAGE_SIZE_LIMIT={3000000 + at}", Trees);
        await IsAsBeforeAsync();
    }

    [MailStackFact]
    public async Task What_replaces_the_files_of_somebody_else_and_is_killed_stops_no_mail()
    {
        await PrepareAsync();
        await ForeignAsync();
        var calls = await CallsAsync("apply --replace", "", Trees);
        Assert.Contains(calls, call => call.StartsWith("symlink ", StringComparison.Ordinal) && call.EndsWith("/postfix/main.cf.new", StringComparison.Ordinal));
        for (var at = 1; at <= calls.Count; at += Step)
        {
            await ForeignAsync();
            await KillAsync("apply --replace", at, "", Trees);
        }
        await IsAsBeforeAsync();
    }

    [MailStackFact]
    public async Task What_puts_everything_back_and_is_killed_stops_no_mail()
    {
        await PrepareAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = $"SMTP_LISTEN=127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var calls = await CallsAsync("apply", taken, Trees, status: 1);
        Assert.Equal(2, calls.Count(call => call.EndsWith("rename " + Path.Combine(server.Applied, "current"), StringComparison.Ordinal)));
        // Until the switch it is as any other.
        var first = calls.ToList().FindIndex(call => call.EndsWith("/current.new", StringComparison.Ordinal)) + 1;
        for (var at = first; at <= calls.Count; at += Step) await KillAsync("apply", at, taken, Trees);
        await IsAsBeforeAsync();
    }

    private async Task PrepareAsync()
    {
        await server.InForceAsync();
        if (!File.Exists(Killer)) await AppliedServer.ShellAsync($"gcc -O2 -o {Killer} {Path.Combine(TrialInstance.Repository, "tests/MailStack/kill-at.c")}");
    }

    /// <summary>What somebody who knows nothing of the panel does.</summary>
    private Task<string> ForeignAsync() => AppliedServer.ShellAsync($"cd {server.Etc}/postfix && for f in main.cf master.cf; do cp -L $f $f.own && rm -f $f && mv $f.own $f; done; echo '# mine' >>main.cf");

    private async Task<IReadOnlyList<string>> CallsAsync(string command, string settings, string except, int status = 0)
    {
        var list = Path.Combine(server.Directory, "calls");
        var run = await server.PanelAsync($"{command} 3>{list}", settings, by: $"{Killer} 0 {server.Etc} {except}");
        Assert.True(run.Status == status, run.Errors);
        return await File.ReadAllLinesAsync(list);
    }

    private async Task KillAsync(string command, int at, string settings, string except)
    {
        var list = Path.Combine(server.Directory, "calls");
        var run = await server.PanelAsync($"{command} 3>{list}", settings, by: string.Create(CultureInfo.InvariantCulture, $"{Killer} {at} {server.Etc} {except}"));
        var call = (await File.ReadAllLinesAsync(list)).LastOrDefault();
        output.WriteLine($"{run.Status} {call}");
        // One that has fewer calls, since the one before it left less to do, came to its end.
        Assert.Contains(run.Status, (int[])[137, 0, 1]);

        // Whoever starts now reads one whole tree.
        await AppliedServer.ShellAsync($"test -z \"$(postconf -c {server.Etc}/postfix -n 2>&1 >/dev/null)\" && postconf -c {server.Etc}/postfix -M >/dev/null && doveconf -c {server.Etc}/dovecot/dovecot.conf -n >/dev/null");

        var (status, _, errors) = await server.PanelAsync("apply --recover", settings);
        Assert.True(status == 0, $"{call}: {errors}");
        Assert.False(File.Exists(Path.Combine(server.Applied, "apply.journal")), call);
        // The panel's own directory keeps unfinished trees and journals until the next apply.
        foreach (var daemon in (string[])["postfix", "dovecot"]) Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(server.Etc, daemon), "*.new", SearchOption.AllDirectories));
        await server.MailFlowsAsync();
    }

    private async Task IsAsBeforeAsync()
    {
        await server.InForceAsync();
        Assert.Equal((0, "Everything is as it was put in force.\n", ""), await server.PanelAsync("drift"));
        Assert.Empty(Directory.GetDirectories(Trees, "*.new"));
        Assert.Empty(Directory.GetFiles(server.Etc, "*.new", SearchOption.AllDirectories));
        Assert.Equal("0\n", await (await TrialInstance.Shared).ExecuteAsync("SELECT COUNT(*) FROM domains WHERE name LIKE 'probe-%.invalid'"));
        await server.MailFlowsAsync();
    }
}
