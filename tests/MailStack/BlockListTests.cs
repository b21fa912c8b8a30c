using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// A DNS block list that names who connects, seen by a Postfix that was rendered with it: a second one beside the
/// trial's, in a mount namespace where the name server is the test's.
/// </summary>
public sealed class BlockListTests
{
    private const string List = "bl.example.org";

    [MailStackFact]
    public async Task Who_is_on_a_block_list_is_refused_and_a_list_that_does_not_answer_refuses_nobody()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"box@{domain}", $"{domain}/box").WriteAsync(instance);
        await using var list = new SmallBlockList();
        var directory = Directory.CreateTempSubdirectory("panel-listed-").FullName;
        var smtp = FreePort();
        await using var postfix = await StartAsync(instance, directory, smtp, list.Address);

        Assert.Equal(250, (await AnswerAsync()).Code);
        Assert.Contains($"1.0.0.127.{List}", list.Asked);

        // "You ask too much", "you ask through a public resolver": said by lists that would otherwise refuse all mail.
        await SayAsync("127.255.255.254");
        Assert.Equal(250, (await AnswerAsync()).Code);
        await SayAsync("127.0.0.1");
        Assert.Equal(250, (await AnswerAsync()).Code);

        await SayAsync("127.0.0.2");
        var refused = await AnswerAsync();
        Assert.Equal(554, refused.Code);
        Assert.Contains($"blocked using {List}; listed", refused.ToString(), StringComparison.Ordinal);

        // smtpd(8) keeps what a list has said for as long as the process lives.
        async Task SayAsync(string address)
        {
            list.Says = IPAddress.Parse(address);
            await AppliedServer.ShellAsync($"postfix -c {directory}/postfix reload");
            list.Asked.Clear();
            await SpamFilter.AwaitAsync(async () => (await AnswerAsync()).Code > 0 && list.Asked.Count > 0);
        }

        async Task<SmtpReply> AnswerAsync()
        {
            await using var dialogue = await SmtpDialogue.OpenAsync(smtp);
            await dialogue.FromAsync("somebody@example.net");
            return await dialogue.ToAsync($"box@{domain}");
        }
    }

    /// <summary>Rendered as any other; what is the second one's own are its ports and directories.</summary>
    private static async Task<WatchedProcess> StartAsync(TrialInstance instance, string directory, string smtp, IPAddress nameServer)
    {
        string[] settings =
        [
            $"dns_block_lists={List}", $"smtp_listen={smtp}", $"submission_listen={FreePort()}", $"submissions_listen={FreePort()}", $"internal_smtp_listen={FreePort()}",
            $"postfix_directory={directory}/postfix", $"postfix_queue_directory={directory}/queue", $"postfix_data_directory={directory}/data", $"log_directory={directory}",
        ];
        var (status, _, errors) = await instance.PanelAsync(["render", "--out", directory, .. settings.SelectMany(setting => (string[])["--set", setting])]);
        Assert.True(status == 0, errors);
        await AppliedServer.ShellAsync($"""
            cd {directory} && chmod 0755 . && mkdir queue data && chown postfix data && chgrp -R postfix postfix/sql
            echo nameserver {nameServer} >resolv.conf
            """);
        var postfix = await WatchedProcess.StartAsync(directory,
            ["/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", $"mount --bind {directory}/resolv.conf /etc/resolv.conf && exec postfix -c {directory}/postfix start-fg"]);
        await SpamFilter.AwaitAsync(async () =>
        {
            try
            {
                await using var dialogue = await SmtpDialogue.OpenAsync(smtp);
                return true;
            }
            catch (SocketException)
            {
                Assert.False(postfix.HasExited, postfix.Errors);
                return false;
            }
        });
        return postfix;
    }

    private static string FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}");
    }
}
