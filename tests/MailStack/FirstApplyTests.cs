using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>The first apply on a host that had a mail server before.</summary>
public sealed class FirstApplyTests(AppliedServer server) : IClassFixture<AppliedServer>
{
    [MailStackFact]
    public async Task Files_of_somebody_else_are_replaced_only_when_asked_and_come_back_when_that_fails()
    {
        await server.OpenAsync();
        await AppliedServer.ShellAsync($"""
            mkdir -p {server.Etc}/postfix {server.Etc}/dovecot
            printf 'myhostname = old.example\nmydestination = old.example\n' >{server.Etc}/postfix/main.cf
            printf 'smtp inet n - y - - smtpd\n' >{server.Etc}/postfix/master.cf && chmod 0640 {server.Etc}/postfix/master.cf && chown root:postfix {server.Etc}/postfix/master.cf
            ln -s /etc/dovecot/dovecot.conf {server.Etc}/dovecot/dovecot.conf
            """);
        var (postfix, dovecot) = (await server.FilesAsync("postfix"), await server.FilesAsync("dovecot"));

        var refused = await server.PanelAsync("apply");
        Assert.Equal(1, refused.Status);
        Assert.Contains($"{server.MainCf} is not the panel's.", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("-mydestination = old.example", refused.Errors, StringComparison.Ordinal);
        Assert.Equal((postfix, dovecot), (await server.FilesAsync("postfix"), await server.FilesAsync("dovecot")));

        using (var other = new TcpListener(IPAddress.Loopback, 0))
        {
            other.Start();
            var failed = await server.PanelAsync("apply --replace", $"IMAPS_LISTEN=127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
            Assert.NotEqual(0, failed.Status);
        }
        // But for directories that the panel's files needed.
        Assert.Equal(postfix, (await server.FilesAsync("postfix")).Replace("./sql d 755 root:root \n", "", StringComparison.Ordinal));
        Assert.Equal("old.example\n", await AppliedServer.ShellAsync($"postconf -c {server.Etc}/postfix -h mydestination"));
        Assert.False(File.Exists(Path.Combine(server.Applied, "apply.journal")));

        var (status, output, errors) = await server.PanelAsync("apply --replace");
        Assert.True(status == 0, errors);
        Assert.Contains($"{server.MainCf}: was replaced", output, StringComparison.Ordinal);
        var kept = output.Split('\n').Single(line => line.StartsWith("What stood there before is kept in ", StringComparison.Ordinal))["What stood there before is kept in ".Length..].TrimEnd('.');
        Assert.Equal("640 root:postfix smtp inet n - y - - smtpd\n", await AppliedServer.ShellAsync($"cd {kept}/postfix && printf '%s ' \"$(stat -c '%a %U:%G' master.cf)\" && cat master.cf"));
        await server.MailFlowsAsync();
    }
}
