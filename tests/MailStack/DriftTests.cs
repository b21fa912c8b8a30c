using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What a person, a program or a package has changed is shown, and nobody's work is lost.</summary>
public sealed class DriftTests(AppliedServer server) : IClassFixture<AppliedServer>
{
    private const string Limit = "-message_size_limit = 52428800\n+message_size_limit = 1234567\n";

    [MailStackFact]
    public async Task What_postconf_has_changed_is_shown_and_not_overwritten()
    {
        await server.InForceAsync();
        await AppliedServer.ShellAsync($"postconf -c {server.Etc}/postfix -e message_size_limit=1234567");
        var before = await server.FilesAsync();

        var (status, output, _) = await server.PanelAsync("drift");
        Assert.Equal(1, status);
        Assert.StartsWith($"{server.MainCf}: changed\n", output, StringComparison.Ordinal);
        Assert.Contains(Limit, output, StringComparison.Ordinal);

        var (refused, _, errors) = await server.PanelAsync("apply");
        Assert.Equal(1, refused);
        Assert.StartsWith($"{server.MainCf} was changed since it was put in place.", errors, StringComparison.Ordinal);
        Assert.Contains(Limit, errors, StringComparison.Ordinal);
        Assert.Equal(before, await server.FilesAsync());
        // The page of the settings says it, too.
        Assert.Contains("\"Code\":\"ApplyChanged\"", await (await TrialInstance.Shared).ExecuteAsync("SELECT value FROM settings WHERE `key` = 'looked.mail-server'"), StringComparison.Ordinal);
        Assert.Equal(0, (await server.PanelAsync("apply --replace")).Status);
        Assert.Contains("\"Reasons\":[]", await (await TrialInstance.Shared).ExecuteAsync("SELECT value FROM settings WHERE `key` = 'looked.mail-server'"), StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task What_is_replaced_is_kept()
    {
        await server.InForceAsync();
        await AppliedServer.ShellAsync($"postconf -c {server.Etc}/postfix -e soft_bounce=yes && postconf -c {server.Etc}/postfix -Me 'other/inet=other inet n - n - - smtpd'");
        var (main, master) = (await File.ReadAllTextAsync(server.MainCf), await File.ReadAllTextAsync(Path.Combine(server.Etc, "postfix/master.cf")));

        var (status, output, errors) = await server.PanelAsync("apply --replace");

        Assert.True(status == 0, errors);
        var kept = output.Split('\n').Single(line => line.StartsWith("What stood there before is kept in ", StringComparison.Ordinal))["What stood there before is kept in ".Length..].TrimEnd('.');
        Assert.Equal(main, await File.ReadAllTextAsync(Path.Combine(kept, "postfix/main.cf")));
        Assert.Equal(master, await File.ReadAllTextAsync(Path.Combine(kept, "postfix/master.cf")));
        Assert.DoesNotContain("soft_bounce", await File.ReadAllTextAsync(server.MainCf), StringComparison.Ordinal);
        Assert.Equal(0, (await server.PanelAsync("drift")).Status);
        await server.MailFlowsAsync();
    }

    [MailStackFact]
    public async Task What_is_a_setting_of_the_panel_is_adopted()
    {
        await server.InForceAsync();
        await AppliedServer.ShellAsync($"postconf -c {server.Etc}/postfix -e message_size_limit=7654321 smtpd_tls_mandatory_protocols='>=TLSv1.3'");
        try
        {
            var (status, _, errors) = await server.PanelAsync("apply --adopt");

            Assert.True(status == 0, errors);
            var settings = (await server.PanelAsync("settings list --csv")).Output;
            Assert.Contains("message_size_limit,7654321", settings, StringComparison.Ordinal);
            Assert.Contains("tls_minimum,1.3", settings, StringComparison.Ordinal);
            Assert.Contains("SIZE 7654321", await server.OffersAsync(), StringComparison.Ordinal);
            Assert.Equal("7654321\n", await AppliedServer.ShellAsync($"postconf -c {server.Etc}/postfix -h message_size_limit"));
            Assert.Equal(0, (await server.PanelAsync("drift")).Status);
        }
        finally
        {
            Assert.Equal(0, (await server.PanelAsync("settings reset message_size_limit tls_minimum")).Status);
        }
    }

    [MailStackTheory]
    [InlineData("soft_bounce=yes message_size_limit=7654321", "soft_bounce is no setting of the panel")]
    [InlineData("message_size_limit=12", "message_size_limit must be")]
    [InlineData("relayhost=nobody", "relayhost must be")]
    public async Task What_cannot_be_a_setting_is_not_adopted_and_nothing_is_changed(string parameters, string reason)
    {
        await server.InForceAsync();
        await AppliedServer.ShellAsync($"postconf -c {server.Etc}/postfix -e {parameters}");
        var before = await server.FilesAsync();

        var (status, _, errors) = await server.PanelAsync("apply --adopt");

        Assert.Equal(1, status);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal(before, await server.FilesAsync());
        Assert.DoesNotContain("7654321", (await server.PanelAsync("settings list --csv")).Output, StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task A_file_that_was_written_over_through_its_link_and_one_that_is_gone_are_found()
    {
        await server.InForceAsync();
        await AppliedServer.ShellAsync($"echo '# mine' >>{server.Etc}/dovecot/dovecot.conf; rm {server.Etc}/postfix/host_aliases");

        var (status, output, _) = await server.PanelAsync("drift");

        Assert.Equal(1, status);
        Assert.Contains($"{server.Etc}/dovecot/dovecot.conf: changed\n", output, StringComparison.Ordinal);
        Assert.Contains("+# mine", output, StringComparison.Ordinal);
        Assert.Contains($"{server.Etc}/postfix/host_aliases: missing", output, StringComparison.Ordinal);
        Assert.Equal(1, (await server.PanelAsync("apply")).Status);
        Assert.Equal(0, (await server.PanelAsync("apply --replace")).Status);
        Assert.Equal(0, (await server.PanelAsync("drift")).Status);
    }

    [MailStackFact]
    public async Task No_password_is_shown_in_a_difference()
    {
        await server.InForceAsync();
        var table = Path.Combine(server.Etc, "postfix/sql/virtual_mailbox_maps.cf");
        var password = (await File.ReadAllLinesAsync(table)).Single(line => line.StartsWith("password", StringComparison.Ordinal)).Split('=')[1].Trim();
        await AppliedServer.ShellAsync($"cp {table} {table}.mine && sed -i 's/^password.*/password = another-secret-1/' {table}.mine && mv {table}.mine {table}");

        var drift = await server.PanelAsync("drift");
        var apply = await server.PanelAsync("apply");

        Assert.Equal(1, drift.Status);
        Assert.Contains("-password = (not shown)\n+password = (not shown)", drift.Output, StringComparison.Ordinal);
        foreach (var said in (string[])[drift.Output, drift.Errors, apply.Output, apply.Errors])
        {
            Assert.DoesNotContain("another-secret-1", said, StringComparison.Ordinal);
            Assert.DoesNotContain(password, said, StringComparison.Ordinal);
        }
    }
}
