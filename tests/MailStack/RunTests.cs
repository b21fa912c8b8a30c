using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What ./run promises beside a stack that works: data that stays, neighbours that are left alone, nothing left behind.</summary>
public sealed class RunTests
{
    [MailStackFact]
    public async Task A_second_instance_runs_beside_the_first_and_finds_its_data_when_it_starts_again()
    {
        var shared = await TrialInstance.Shared;
        var directory = Directory.CreateTempSubdirectory("panel-again-").FullName;
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var domain = MailData.NewDomain();
        var processes = new List<int>();
        try
        {
            await using (var first = await TrialInstance.StartAsync(Path.Combine(directory, "var")))
            {
                Assert.NotEqual(shared.Panel, first.Panel);
                Assert.NotEqual(shared.Smtp, first.Smtp);
                await new MailData().Domain(domain).Mailbox("box@" + domain, "again/box").WriteAsync(first);
                Assert.Equal(250, await SendAsync(first, "box@" + domain));
                Assert.Equal("", await first.SettledQueueAsync());
                processes.AddRange(((string[])["run", "mariadb", "outbox", "dovecot", "postfix", "sessions", "panel"]).Select(first.ProcessId));
            }
            Assert.All(processes, id => Assert.False(Directory.Exists($"/proc/{id}")));

            await using (var second = await TrialInstance.StartAsync(Path.Combine(directory, "var")))
            {
                Assert.Single(second.Delivered("again/box"));
                await using var imap = await ImapDialogue.OpenAsync(second.Imaps, second.CaFile);
                Assert.True(await imap.SignInAsync("box@" + domain, MailData.Password));
                Assert.Equal(1, await imap.SelectAsync());
            }
            // The neighbour never noticed.
            Assert.Equal(554, await SendAsync(shared, "box@" + domain));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [MailStackFact]
    public async Task Everything_listens_on_the_loopback_network_only()
    {
        var instance = await TrialInstance.Shared;
        foreach (var endpoint in (string[])[instance.Smtp, instance.Submission, instance.Submissions, instance.Imaps, instance.ManageSieve, instance.Panel["http://".Length..]])
        {
            var port = int.Parse(endpoint[(endpoint.LastIndexOf(':') + 1)..]);
            Assert.All(Listeners().Where(listener => listener.Port == port), listener => Assert.True(System.Net.IPAddress.IsLoopback(listener.Address)));
            Assert.Contains(Listeners(), listener => listener.Port == port);
        }
    }

    [MailStackFact]
    public async Task The_link_that_makes_the_first_account_opens_once_the_panel_is_up()
    {
        var instance = await TrialInstance.Shared;
        var (status, link, errors) = await instance.PanelAsync(["admin", "setup-link"]);

        Assert.True(status == 0, errors);
        using var browser = new HttpClient();
        using var page = await browser.GetAsync(new Uri(link.Trim()));
        Assert.Equal(System.Net.HttpStatusCode.OK, page.StatusCode);
    }

    [MailStackFact]
    public async Task The_secrets_of_an_instance_are_closed_to_other_accounts()
    {
        var instance = await TrialInstance.Shared;
        var directory = Path.Combine(instance.Directory, "private");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        var (status, _, errors) = await TrialInstance.RunAsync(
            "/usr/bin/setpriv", ["--reuid=nobody", "--clear-groups", "/usr/bin/mariadb", "--no-defaults", $"--socket={instance.DatabaseSocket}", "--user=root", "-e", "SELECT 1"]);
        Assert.NotEqual(0, status);
        Assert.Contains("denied", errors, StringComparison.OrdinalIgnoreCase);
    }

    private static System.Net.IPEndPoint[] Listeners() => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

    private static async Task<int> SendAsync(TrialInstance instance, string to)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        return (await smtp.SendAsync("friend@example.net", to, "Subject: kept\n\nHello.\n")).Code;
    }
}
