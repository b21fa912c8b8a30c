using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Where a step of an apply fails, everything is as it was: files, daemons, mail.</summary>
public sealed class ApplyFailureTests(AppliedServer server) : IClassFixture<AppliedServer>
{
    // Postfix ends where it cannot listen, and would stay away.
    [MailStackFact]
    public async Task A_daemon_that_cannot_bear_the_new_files_is_back_with_the_old_ones()
    {
        await server.InForceAsync();
        var before = await server.FilesAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var (status, _, errors) = await server.PanelAsync("apply", $"SMTP_LISTEN=127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        Assert.Equal((1, "postfix: it has ended instead of taking the new files; its log says why. Everything was put back.\n"), (status, errors));
        Assert.Equal(before, await server.FilesAsync());
        await server.MailFlowsAsync();
        Assert.Equal((0, "Nothing to do: what is in force is what the panel says.\n", ""), await server.PanelAsync("apply"));
    }

    [MailStackFact]
    public async Task Mailboxes_that_cannot_be_opened_take_everything_back()
    {
        await server.InForceAsync();
        var before = await server.FilesAsync();
        // Dovecot's account may not make directories there, which no program's check of the files finds.
        await AppliedServer.ShellAsync($"mkdir -p {server.Directory}/closed");

        var (status, _, errors) = await server.PanelAsync("apply", $"MAIL_ROOT={server.Directory}/closed");

        Assert.Equal(1, status);
        Assert.Matches("^imaps: SELECT is answered NO .*Everything was put back.\n$", errors);
        Assert.Equal(before, await server.FilesAsync());
        Assert.True(await server.SignsInAsync());
        await server.MailFlowsAsync();
    }

    [MailStackFact]
    public async Task Messages_that_do_not_arrive_take_everything_back()
    {
        await server.InForceAsync();
        var before = await server.FilesAsync();
        // Postfix has nobody to hand them to; Dovecot, which is not told of a new message size, goes on listening there.
        var socket = $"{server.Directory}/run/lmtp";
        await AppliedServer.ShellAsync($"mv {socket} {socket}.aside");

        var (status, _, errors) = await server.PanelAsync("apply", "MESSAGE_SIZE_LIMIT=4567890");

        await AppliedServer.ShellAsync($"mv {socket}.aside {socket}");
        Assert.Equal((1, "imaps: 0 of 2 messages have arrived. Everything was put back.\n"), (status, errors));
        Assert.Equal(before, await server.FilesAsync());
        await server.MailFlowsAsync();
    }

    [MailStackFact]
    public async Task A_configuration_that_the_checks_refuse_touches_nothing()
    {
        await server.InForceAsync();
        var before = await server.FilesAsync();

        var (status, _, errors) = await server.PanelAsync("apply", "POSTFIX_PASSWORD=0123456789abcdef");

        Assert.Equal(1, status);
        Assert.Contains("Access denied", errors, StringComparison.Ordinal);
        Assert.Equal(before, await server.FilesAsync());
    }

    [MailStackFact]
    public async Task A_read_only_etc_is_a_sentence_and_nothing_else()
    {
        await server.InForceAsync();
        var before = await server.FilesAsync();

        var (status, _, errors) = await server.PanelAsync("apply", "MESSAGE_SIZE_LIMIT=3456789", by: InNamespace($"mount --bind {server.Etc} {server.Etc} && mount -o remount,ro,bind {server.Etc}"));

        Assert.Equal(3, status);
        Assert.Contains("Read-only file system", errors, StringComparison.Ordinal);
        Assert.Equal(before, await server.FilesAsync());
        await server.MailFlowsAsync();
    }

    [MailStackFact]
    public async Task A_full_disk_is_a_sentence_and_nothing_else()
    {
        await server.InForceAsync();
        var before = await server.FilesAsync();

        // What is there fits, and nothing more.
        var (status, _, errors) = await server.PanelAsync("apply", "MESSAGE_SIZE_LIMIT=3456789", by: InNamespace(
            $"mkdir -p /mnt/full && mount -t tmpfs -o size=4m tmpfs /mnt/full && cp -a {server.Applied}/. /mnt/full/ && mount --bind /mnt/full {server.Applied} && (dd if=/dev/zero of={server.Applied}/fill bs=4k 2>/dev/null || true)"));

        Assert.Equal(3, status);
        Assert.Contains("No space left on device", errors, StringComparison.Ordinal);
        Assert.Equal(before, await server.FilesAsync());
        await server.MailFlowsAsync();
    }

    // A mount namespace of its own: the daemons do not see what is mounted there.
    private static string InNamespace(string first) => $"unshare --mount --propagation private sh -c '{first} && exec \"$@\"' sh";
}
