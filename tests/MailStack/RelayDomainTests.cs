using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// A server of somebody else stands behind relay domains. What is on a list goes there and nowhere else; for everything
/// else a stranger gets his answer at RCPT, so that no bounce ever goes to a forged sender.
/// </summary>
public sealed class RelayDomainTests : IAsyncLifetime
{
    private static readonly Lazy<Task<NextServer>> Next = new(StartAsync);

    public Task InitializeAsync() => Next.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [MailStackTheory]
    [InlineData("listed@behind.example", 250)]
    [InlineData("Listed@BEHIND.example", 250)]
    [InlineData("alias@behind.example", 250)]
    [InlineData("nobody@behind.example", 550)]
    [InlineData("listed+ext@behind.example", 550)]
    [InlineData("off@behind.example", 550)]
    [InlineData("@behind.example", 501)]
    [InlineData("listed@behind-off.example", 554)]
    [InlineData("listed@sub.behind.example", 554)]
    [InlineData("to-nobody@before.example", 550)]
    public async Task A_relay_domain_takes_mail_for_its_list_and_for_nobody_else(string recipient, int expected) =>
        Assert.Equal(expected, await AnswerAsync(recipient));

    [MailStackFact]
    public async Task Mail_for_a_relay_domain_goes_to_its_own_next_hop_and_not_to_the_relayhost()
    {
        var instance = await TrialInstance.Shared;
        var next = await Next.Value;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        Assert.Equal(250, (await smtp.SendAsync("somebody@example.net", "listed@behind.example", "Subject: straight on\n\nHello.\n")).Code);
        Assert.Equal(250, (await smtp.SendAsync("somebody@example.net", "through@before.example", "Subject: by an alias\n\nHello.\n")).Code);
        Assert.Equal(250, (await smtp.SendAsync("somebody@example.net", "alias@behind.example", "Subject: alias there\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        var arrived = next.Messages("listed@behind.example");
        Assert.Equal(2, arrived.Count);
        Assert.Contains(arrived, text => text.Contains("Subject: straight on", StringComparison.Ordinal));
        Assert.Contains(arrived, text => text.Contains("Subject: by an alias", StringComparison.Ordinal));
        Assert.Empty(instance.Sent("listed@behind.example"));
        Assert.Contains("Subject: alias there", Assert.Single(instance.Delivered("before/box")), StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task A_domain_that_refuses_takes_no_mail_from_the_moment_it_is_saved_and_still_lets_its_people_read()
    {
        var instance = await TrialInstance.Shared;
        Assert.Equal(250, await AnswerAsync("box@refusing.example"));
        Assert.Equal(250, await AnswerAsync("anything@refusing.example"));
        Assert.Equal(250, await AnswerAsync("box@refusing-alias.example"));

        Assert.Equal(0, (await instance.PanelAsync(["domain", "set", "refusing.example", "--refuse-mail", "true"])).Status);

        Assert.Equal(550, await AnswerAsync("box@refusing.example"));
        Assert.Equal(550, await AnswerAsync("anything@refusing.example"));
        Assert.Equal(550, await AnswerAsync("box@refusing-alias.example"));
        Assert.Equal(550, await AnswerAsync("to-refusing@before.example"));
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync("box@refusing.example", MailData.Password));
    }

    private static async Task<int> AnswerAsync(string recipient)
    {
        await using var smtp = await SmtpDialogue.OpenAsync((await TrialInstance.Shared).Smtp);
        await smtp.FromAsync("somebody@example.net");
        return (await smtp.ToAsync(recipient)).Code;
    }

    private static async Task<NextServer> StartAsync()
    {
        var instance = await TrialInstance.Shared;
        var next = await NextServer.StartAsync();
        await new MailData()
            .RelayDomain("behind.example", "127.0.0.1", next.Port).Recipient("listed@behind.example").Recipient("off@behind.example", isActive: false)
            .RelayDomain("behind-off.example", "127.0.0.1", next.Port, isActive: false).Recipient("listed@behind-off.example")
            .Domain("before.example").Mailbox("box@before.example", "before/box")
            .Alias("alias@behind.example", ["box@before.example"])
            .Alias("through@before.example", ["listed@behind.example"]).Alias("to-nobody@before.example", ["nobody@behind.example"])
            .Domain("refusing.example").Domain("refusing-alias.example", target: "refusing.example")
            .Mailbox("box@refusing.example", "refusing/box").Alias("@refusing.example", ["box@before.example"]).Alias("to-refusing@before.example", ["box@refusing.example"])
            .WriteAsync(instance);
        return next;
    }

    /// <summary>A mail server that writes down what it gets; stopped with the test process.</summary>
    private sealed class NextServer(string directory, WatchedProcess process, int port)
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

        public int Port => port;

        public static async Task<NextServer> StartAsync()
        {
            var instance = await TrialInstance.Shared;
            var directory = System.IO.Directory.CreateTempSubdirectory("panel-next-hop-").FullName;
            var port = FreePort();
            var process = await WatchedProcess.StartAsync(
                directory, [Path.Combine(TrialInstance.Repository, "adminpanel"), "--var", instance.Directory, "outbox", "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "--dir", directory]);
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            while (!await ListensAsync(port))
            {
                if (process.HasExited || System.Diagnostics.Stopwatch.GetElapsedTime(started) > Limit) throw new InvalidOperationException($"The next hop did not start: {process.Errors}");
                await Task.Delay(100);
            }
            return new NextServer(directory, process, port);
        }

        public IReadOnlyList<string> Messages(string recipient) => process.HasExited
            ? throw new InvalidOperationException($"The next hop ended: {process.Errors}")
            : [.. Directory.GetFiles(directory, "*.eml").Select(File.ReadAllText).Where(text => text.Contains($"X-Envelope-To: {recipient}\r\n", StringComparison.Ordinal))];

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        private static async Task<bool> ListensAsync(int port)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
