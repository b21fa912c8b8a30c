using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.MailSignIns;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// The attack: somebody guesses at a mailbox's password over IMAP and submission, over many connections at once, or does so
/// to lock the owner out.
/// </summary>
public abstract class GuessingTests<TStack>
    where TStack : IMailStack
{
    private const string Home = "127.0.0.1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [StackFact]
    public async Task Strangers_are_not_heard_after_a_few_guesses_and_the_owner_is()
    {
        var (instance, owner, _) = await MailboxAsync();
        Assert.True(await SignsInAsync(instance, owner, MailData.Password, Home));
        await AwaitRecordAsync(instance, owner);

        // All at once, each another password: those beyond the budget are not looked at.
        await Task.WhenAll(Enumerable.Range(0, 3 * MailGuesses.PerLoginOfStrangers).Select(i => SignsInAsync(instance, owner, $"guess {i}", $"127.0.1.{i + 1}")));

        Assert.False(await SignsInAsync(instance, owner, MailData.Password, "127.0.2.1"));
        Assert.Equal(535, await SubmitsAsync(instance, owner, MailData.Password, "127.0.2.2"));
        Assert.True(await SignsInAsync(instance, owner, MailData.Password, Home));
        Assert.Equal(235, await SubmitsAsync(instance, owner, MailData.Password, Home));
    }

    /// <summary>It signs in for each mailbox, from an address of the host, with one password of its own.</summary>
    [StackFact]
    public async Task The_panel_reaches_the_scripts_of_a_mailbox_that_strangers_guess_at_and_those_of_many()
    {
        var (instance, owner, _) = await MailboxAsync();
        await Task.WhenAll(Enumerable.Range(0, 2 * MailGuesses.PerLoginOfStrangers).Select(i => SignsInAsync(instance, owner, $"guess {i}", "127.0.7.1")));
        Assert.False(await SignsInAsync(instance, owner, MailData.Password, "127.0.7.2"));
        var domain = owner.Split('@')[1];
        var many = Enumerable.Range(0, MailGuesses.PerKnownNetwork + 2).Select(i => $"m{i}@{domain}").ToList();
        var data = new MailData();
        foreach (var address in many) data.Mailbox(address, $"{domain}/{address.Split('@')[0]}");
        await data.WriteAsync(instance);

        foreach (var address in many.Prepend(owner))
        {
            var (status, _, errors) = await instance.PanelAsync(["mailbox", "filter", "set", address], """[{"name": "Lists", "conditions": [{"part": "subject", "test": "is", "value": "list"}], "folder": "Lists"}]""");
            Assert.True(status == 0, errors);
            Assert.DoesNotContain("mail server:", (await instance.PanelAsync(["mailbox", "filter", "list", address])).Output, StringComparison.Ordinal);
        }
    }

    [StackFact]
    public async Task A_phone_that_goes_on_with_an_old_password_is_one_guess()
    {
        var (instance, owner, _) = await MailboxAsync();

        await Task.WhenAll(Enumerable.Range(0, 3 * MailGuesses.PerLoginOfStrangers).Select(_ => SignsInAsync(instance, owner, "last year's password", "127.0.3.1")));

        Assert.True(await SignsInAsync(instance, owner, MailData.Password, "127.0.3.1"));
    }

    [StackFact]
    public async Task Guesses_under_the_name_of_an_alias_domain_are_guesses_at_the_mailbox()
    {
        var (instance, owner, alias) = await MailboxAsync();

        await Task.WhenAll(Enumerable.Range(0, 2 * MailGuesses.PerLoginOfStrangers).Select(i => SignsInAsync(instance, i % 2 == 0 ? owner : alias, $"guess {i / 2}", $"127.0.4.{i + 1}")));

        Assert.False(await SignsInAsync(instance, owner, MailData.Password, "127.0.5.1"));
        Assert.False(await SignsInAsync(instance, alias, MailData.Password, "127.0.5.2"));
    }

    [StackFact]
    public async Task A_panel_that_does_not_answer_keeps_nobody_out_and_lets_nobody_in()
    {
        var (instance, owner, _) = await MailboxAsync();
        var panel = instance.ProcessId("panel").ToString(CultureInfo.InvariantCulture);

        await TrialInstance.RunAsync("/bin/kill", ["-STOP", panel]);
        try
        {
            Assert.True(await SignsInAsync(instance, owner, MailData.Password, "127.0.6.1"));
            Assert.Equal(235, await SubmitsAsync(instance, owner, MailData.Password, "127.0.6.1"));
            Assert.False(await SignsInAsync(instance, owner, "wrong", "127.0.6.1"));
        }
        finally
        {
            await TrialInstance.RunAsync("/bin/kill", ["-CONT", panel]);
        }
    }

    /// <summary>Nothing listens where the panel was: Dovecot is told so at once, and does not wait.</summary>
    [StackFact]
    public async Task A_panel_that_refuses_connections_keeps_nobody_out_and_lets_nobody_in()
    {
        var (instance, owner, _) = await MailboxAsync();
        var (asks, log, port) = (Path.Combine(instance.Config, "dovecot/dovecot-sign-ins.conf.ext"), Path.Combine(instance.Log, "dovecot.log"), ClosedPort());
        var before = await File.ReadAllTextAsync(asks);
        var panel = $"127.0.0.1:{new Uri(instance.Panel).Port}/";
        Assert.Contains(panel, before, StringComparison.Ordinal);

        try
        {
            await ReloadAsync(instance, asks, before.Replace(panel, $"127.0.0.1:{port}/", StringComparison.Ordinal));
            // A reload ends connections of that moment, and what is asked before it reaches the panel as ever.
            var started = Stopwatch.GetTimestamp();
            while (!(await File.ReadAllLinesAsync(log)).Any(line => line.Contains($"127.0.0.1:{port}", StringComparison.Ordinal) && line.Contains("Connection refused", StringComparison.Ordinal)))
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "Dovecot asks nobody at the closed port");
                try
                {
                    await SignsInAsync(instance, owner, MailData.Password, "127.0.8.1");
                }
                catch (IOException)
                {
                    await Task.Delay(100);
                }
            }

            Assert.True(await SignsInAsync(instance, owner, MailData.Password, "127.0.8.1"));
            // A process of Postfix that was connected to what the reload ended says so once, to whoever comes next.
            await Eventually.TrueAsync(async () => await SubmitsAsync(instance, owner, MailData.Password, "127.0.8.2") == 235);
            Assert.False(await SignsInAsync(instance, owner, "wrong", "127.0.8.3"));
            Assert.Equal(535, await SubmitsAsync(instance, owner, "wrong", "127.0.8.3"));
            Assert.True(await SignsInAsync(instance, owner, MailData.Password, "127.0.8.3"));
        }
        finally
        {
            await ReloadAsync(instance, asks, before);
        }
    }

    private static async Task ReloadAsync(TrialInstance instance, string file, string text)
    {
        await File.WriteAllTextAsync(file, text);
        Assert.Equal(0, (await instance.RunDaemonsAsync("/usr/bin/doveadm", ["-c", Path.Combine(instance.Config, "dovecot/dovecot.conf"), "reload"])).Status);
        // Whose processes are connected to what has just ended.
        Assert.Equal(0, (await instance.RunDaemonsAsync("/usr/sbin/postfix", ["-c", Path.Combine(instance.Config, "postfix"), "reload"])).Status);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<(TrialInstance Instance, string Owner, string Alias)> MailboxAsync()
    {
        var instance = await TStack.Instance;
        var (domain, other) = (MailData.NewDomain(), MailData.NewDomain());
        await new MailData().Domain(domain).Domain(other, target: domain).Mailbox($"owner@{domain}", $"{domain}/owner").WriteAsync(instance);
        return (instance, $"owner@{domain}", $"owner@{other}");
    }

    private static async Task<bool> SignsInAsync(TrialInstance instance, string user, string password, string from)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile, from);
        return await imap.SignInAsync(user, password);
    }

    private static async Task<int> SubmitsAsync(TrialInstance instance, string user, string password, string from)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile, from);
        return (await smtp.SignInAsync(user, password)).Code;
    }

    /// <summary>Reports are written down a second later.</summary>
    private static async Task AwaitRecordAsync(TrialInstance instance, string owner)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var (_, output, _) = await instance.PanelAsync(["mailbox", "sign-ins", owner, "--json"]);
            if (output.Contains("\"service\"", StringComparison.Ordinal)) return;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, output);
        }
    }
}
