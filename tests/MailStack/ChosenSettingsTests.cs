using System.Diagnostics;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What a setting says is what the daemons do, once what is rendered from it is theirs.</summary>
public sealed class ChosenSettingsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [MailStackFact]
    public async Task People_need_the_chosen_version_of_TLS_and_other_hosts_do_not()
    {
        var instance = await TrialInstance.Shared;
        Assert.True(await SpeaksAsync(instance.Submissions, "-tls1_2"));

        await WithAsync(instance, ["tls_minimum=1.3"], async () =>
        {
            await AwaitAsync(async () => !await SpeaksAsync(instance.Submissions, "-tls1_2"));
            await AwaitAsync(async () => !await SpeaksAsync(instance.Imaps, "-tls1_2"));
            Assert.False(await SpeaksAsync(instance.Submission, "-tls1_2", "-starttls", "smtp"));
            Assert.False(await SpeaksAsync(instance.Pop3s, "-tls1_2"));
            Assert.True(await SpeaksAsync(instance.Submissions, "-tls1_3"));
            Assert.True(await SpeaksAsync(instance.Submission, "-tls1_3", "-starttls", "smtp"));
            Assert.True(await SpeaksAsync(instance.Imaps, "-tls1_3"));
            Assert.True(await SpeaksAsync(instance.Smtp, "-tls1_2", "-starttls", "smtp"));
        });

        await AwaitAsync(() => SpeaksAsync(instance.Imaps, "-tls1_2"));
    }

    [MailStackFact]
    public async Task A_person_has_no_more_connections_than_chosen()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"box@{domain}", $"{domain}/box").WriteAsync(instance);

        await WithAsync(instance, ["user_connections=1"], () => AwaitAsync(async () => await SignInTwiceAsync() == (true, false)));
        await AwaitAsync(async () => await SignInTwiceAsync() == (true, true));

        async Task<(bool First, bool Second)> SignInTwiceAsync()
        {
            try
            {
                await using var first = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
                await using var second = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
                return (await first.SignInAsync($"box@{domain}", MailData.Password), await second.SignInAsync($"box@{domain}", MailData.Password));
            }
            catch (EndOfStreamException)
            {
                // Who has not signed in yet while Dovecot rereads its files is sent away.
                return (false, false);
            }
        }
    }

    /// <summary>Only ever "try again later": whoever is over a rate has done nothing wrong.</summary>
    [MailStackFact]
    public async Task One_client_is_told_to_wait_when_it_sends_more_than_chosen()
    {
        var instance = await TrialInstance.Shared;
        await WithAsync(instance, ["client_message_rate=1"], () => AwaitAsync(async () =>
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            var replies = new List<int>();
            for (var i = 0; i < 3; i++)
            {
                replies.Add((await smtp.FromAsync("somebody@example.net")).Code);
                await smtp.SayAsync("RSET");
            }
            return replies.TrueForAll(code => code is 250 or 450) && replies.Contains(450);
        }));
        await WithAsync(instance, ["client_connection_rate=1"], () => AwaitAsync(async () => !await IsServedAsync(instance)));
        await AwaitAsync(() => IsServedAsync(instance));
    }

    /// <summary>A list that does not answer refuses nobody, and Postfix has nothing to say against how it is asked.</summary>
    [MailStackFact]
    public async Task A_block_list_that_names_nobody_refuses_nobody()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"box@{domain}", $"{domain}/box").WriteAsync(instance);

        await WithAsync(instance, ["dns_block_lists=bl.invalid,dnsbl.invalid"], async () =>
        {
            var (status, _, warnings) = await TrialInstance.RunAsync("/usr/sbin/postconf", ["-c", Path.Combine(instance.Config, "postfix"), "-n"]);
            Assert.Equal((0, ""), (status, warnings));
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            await smtp.FromAsync("somebody@example.net");
            Assert.Equal(250, (await smtp.ToAsync($"box@{domain}")).Code);
        });
    }

    [MailStackFact]
    public async Task What_another_milter_refuses_is_refused_and_all_else_goes_on()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"box@{domain}", $"{domain}/box").WriteAsync(instance);
        await using var milter = new SmallMilter();

        await WithAsync(instance, [$"milters_before={milter.Place}"], async () =>
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            Assert.Equal(550, (await smtp.FromAsync("refused@example.net")).Code);
            Assert.Equal(250, (await smtp.SendAsync("friend@example.net", $"box@{domain}", "Subject: filtered\n\nHello.\n")).Code);
        });
        await instance.SettledQueueAsync();
        Assert.Contains("Subject: filtered", Assert.Single(instance.Delivered($"{domain}/box")), StringComparison.Ordinal);
    }

    /// <summary>Nothing listens there: mail waits with its sender, or goes on as if there were no milter, as was chosen.</summary>
    [MailStackTheory]
    [InlineData("tempfail", 451)]
    [InlineData("accept", 250)]
    public async Task While_another_milter_is_away_mail_waits_or_goes_on_as_chosen(string whileAway, int answer)
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"box@{domain}", $"{domain}/box").WriteAsync(instance);
        var gone = new SmallMilter();
        var place = gone.Place;
        await gone.DisposeAsync();

        await WithAsync(instance, [$"milters_after={place}", $"milters_away={whileAway}"], async () =>
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            Assert.Equal(answer, (await smtp.SendAsync("friend@example.net", $"box@{domain}", "Subject: unfiltered\n\nHello.\n")).Code);
        });
    }

    /// <summary>With what is chosen in force; what was there before is put back afterwards.</summary>
    private static async Task WithAsync(TrialInstance instance, string[] settings, Func<Task> work)
    {
        try
        {
            await instance.PutInForceAsync(settings);
            await work();
        }
        finally
        {
            await instance.PutInForceAsync();
        }
    }

    private static async Task<bool> SpeaksAsync(string endpoint, params string[] options) =>
        (await TrialInstance.RunAsync("/usr/bin/openssl", ["s_client", "-connect", endpoint, "-brief", .. options])).Status == 0;

    /// <summary>Whether a new connection is offered anything; one that is told to wait is closed after a 421.</summary>
    private static async Task<bool> IsServedAsync(TrialInstance instance)
    {
        try
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            return smtp.Offers.Contains("STARTTLS", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task AwaitAsync(Func<Task<bool>> isSo)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo()) Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "It did not become so in time.");
    }
}
