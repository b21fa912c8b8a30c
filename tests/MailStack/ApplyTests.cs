using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>`adminpanel apply`: what the panel says becomes what the daemons do, or everything stays as it was.</summary>
public sealed class ApplyTests(AppliedServer server) : IClassFixture<AppliedServer>
{
    [MailStackFact]
    public async Task What_is_put_in_force_is_what_the_daemons_run_with()
    {
        await server.InForceAsync();

        await server.MailFlowsAsync();
        Assert.True(await server.SignsInAsync());
        foreach (var file in (string[])["postfix/main.cf", "postfix/master.cf", "postfix/sql/virtual_mailbox_maps.cf", "dovecot/dovecot.conf"])
            Assert.Equal(Path.Combine(server.Applied, "current", file), new FileInfo(Path.Combine(server.Etc, file)).LinkTarget);
        var before = await server.FilesAsync();
        Assert.Equal((0, "Nothing to do: what is in force is what the panel says.\n", ""), await server.PanelAsync("apply"));
        Assert.Equal((0, "Everything is as it was put in force.\n", ""), await server.PanelAsync("drift"));
        Assert.Equal(before, await server.FilesAsync());
    }

    [MailStackFact]
    public async Task A_change_reaches_the_daemon_that_reads_it_and_no_other()
    {
        await server.InForceAsync();
        var (postfix, dovecot) = (await server.ProcessOfAsync("queue/pid/master.pid"), await server.ProcessOfAsync("run/master.pid"));

        var (status, output, errors) = await server.PanelAsync("apply --json", "MESSAGE_SIZE_LIMIT=12345678");

        Assert.True(status == 0, errors);
        using var report = JsonDocument.Parse(output);
        Assert.Equal(["postfix"], report.RootElement.GetProperty("told").EnumerateArray().Select(daemon => daemon.GetString()));
        Assert.Equal(["postfix/main.cf"], report.RootElement.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("path").GetString()));
        Assert.Contains("-message_size_limit = 52428800\n+message_size_limit = 12345678", report.RootElement.GetProperty("changes")[0].GetProperty("difference").GetString()!, StringComparison.Ordinal);
        Assert.Empty(report.RootElement.GetProperty("restarted").EnumerateArray());
        Assert.Contains("SIZE 12345678", await server.OffersAsync(), StringComparison.Ordinal);
        Assert.Equal((postfix, dovecot), (await server.ProcessOfAsync("queue/pid/master.pid"), await server.ProcessOfAsync("run/master.pid")));
    }

    [MailStackFact]
    public async Task A_dry_run_says_what_would_be_done_and_changes_nothing()
    {
        await server.InForceAsync();
        var before = await server.FilesAsync();

        var (status, output, errors) = await server.PanelAsync("apply --dry-run", "MESSAGE_SIZE_LIMIT=12345678");

        Assert.True(status == 0, errors);
        Assert.Contains("+message_size_limit = 12345678", output, StringComparison.Ordinal);
        Assert.EndsWith("Would tell postfix. Nothing was changed.\n", output, StringComparison.Ordinal);
        Assert.Equal(before, await server.FilesAsync());
        Assert.Contains("SIZE 52428800", await server.OffersAsync(), StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task What_a_running_daemon_does_not_take_on_restarts_it()
    {
        await server.InForceAsync();
        var (postfix, dovecot) = (await server.ProcessOfAsync("queue/pid/master.pid"), await server.ProcessOfAsync("run/master.pid"));
        await AppliedServer.ShellAsync($"mkdir -p {server.Directory}/queue2");

        var (status, output, errors) = await server.PanelAsync("apply", $"POSTFIX_QUEUE_DIRECTORY={server.Directory}/queue2");

        Assert.True(status == 0, errors);
        Assert.Contains("postfix was restarted: queue_directory", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{postfix}"));
        Assert.Equal(dovecot, await server.ProcessOfAsync("run/master.pid"));
        Assert.True(Directory.Exists($"/proc/{await server.ProcessOfAsync("queue2/pid/master.pid")}"));
        await server.MailFlowsAsync();
    }

    [MailStackFact]
    public async Task A_new_certificate_is_noticed_and_served()
    {
        await server.InForceAsync();
        var (certificate, key) = (await File.ReadAllTextAsync(server.Certificate), await File.ReadAllTextAsync(server.Key));
        try
        {
            await AppliedServer.ShellAsync($"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=new.example -keyout {server.Key} -out {server.Certificate} 2>&1");

            var (status, output, errors) = await server.PanelAsync("apply");

            Assert.True(status == 0, errors);
            Assert.Contains("The TLS certificate is a new one.", output, StringComparison.Ordinal);
            foreach (var (endpoint, options) in ((string, string)[])[(server.Imaps, ""), (server.Smtp, "-starttls smtp"), (server.Submission, "-starttls smtp")])
                Assert.Contains("CN = new.example", await AppliedServer.ShellAsync($"openssl s_client -connect {endpoint} {options} </dev/null 2>/dev/null | openssl x509 -noout -subject"), StringComparison.Ordinal);
        }
        finally
        {
            await File.WriteAllTextAsync(server.Certificate, certificate);
            await File.WriteAllTextAsync(server.Key, key);
        }
        Assert.Contains("The TLS certificate is a new one.", (await server.PanelAsync("apply")).Output, StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task The_trial_leaves_no_domain_and_no_message_behind()
    {
        await server.InForceAsync();
        var instance = await TrialInstance.Shared;

        Assert.Equal(0, (await server.PanelAsync("apply", "MESSAGE_SIZE_LIMIT=23456789")).Status);

        Assert.Equal("0\n", await instance.ExecuteAsync("SELECT COUNT(*) FROM domains WHERE name LIKE 'probe-%.invalid'"));
        Assert.Equal("0\n", await instance.ExecuteAsync("SELECT COUNT(*) FROM addresses WHERE address LIKE '%@probe-%.invalid'"));
        Assert.Equal("0\n", await instance.ExecuteAsync("SELECT COUNT(*) FROM recycled_items WHERE name LIKE '%probe-%.invalid'"));
        Assert.Equal("", await AppliedServer.ShellAsync($"find {server.Directory}/mail -type f -path '*/Maildir/*' \\( -path '*/new/*' -o -path '*/cur/*' \\) -exec grep -l 'Trial of a new configuration' {{}} + || true"));
        // What was done by whom is told all the same.
        Assert.Contains("mail-server.apply", await instance.ExecuteAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(server.Applied, "apply.probe")));
    }

    [SpamFilterFact]
    public async Task The_spam_filter_and_its_redis_are_started_from_what_is_rendered()
    {
        await server.InForceAsync();
        await server.PrepareSpamFilterAsync();
        var spam = server.SpamFilterSettings;
        try
        {
            var (status, output, errors) = await server.PanelAsync("apply", spam);

            Assert.True(status == 0, errors);
            Assert.EndsWith("In force on redis-server, rspamd, dovecot, postfix.\n", output, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(server.Etc, "dovecot/sieve/spam-to-junk.svbin")));
            await server.MailFlowsAsync();
            await SpamFilter.AwaitAsync(async () => (await AppliedServer.ShellAsync($"rspamc -h {server.Directory}/spam/run/controller.sock stat")).Contains("Messages scanned: 3", StringComparison.Ordinal));
            Assert.Equal(0, (await server.PanelAsync("drift", spam)).Status);

            Assert.Equal(0, (await server.PanelAsync("apply")).Status);
            Assert.False(File.Exists(Path.Combine(server.Etc, "rspamd/local.d/worker-proxy.inc")));
            await server.MailFlowsAsync();
        }
        finally
        {
            await server.StopSpamFilterAsync();
        }
    }

    [MailStackFact]
    public async Task One_apply_runs_at_a_time()
    {
        await server.InForceAsync();

        var (status, _, errors) = await server.PanelAsync("apply", by: $"flock {server.Applied}/apply.lock");

        Assert.Equal(3, status);
        Assert.StartsWith("Another apply runs", errors, StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task A_directory_that_others_may_write_to_is_refused()
    {
        await server.InForceAsync();
        await AppliedServer.ShellAsync($"chmod g+w {server.Applied}");
        try
        {
            var (status, _, errors) = await server.PanelAsync("apply");

            Assert.Equal(3, status);
            Assert.Contains($"run chown root {server.Applied} and chmod go-w {server.Applied}", errors, StringComparison.Ordinal);
        }
        finally
        {
            await AppliedServer.ShellAsync($"chmod g-w {server.Applied}");
        }
    }
}
