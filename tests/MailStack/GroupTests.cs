using System.Globalization;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>A group is everyone in its domain at the moment the mail arrives, asked of Postfix and Dovecot themselves.</summary>
public sealed class GroupTests
{
    [MailStackFact]
    public async Task Mail_to_a_group_reaches_who_came_later_and_not_who_was_deactivated()
    {
        var (instance, domain) = (await TrialInstance.Shared, MailData.NewDomain());
        await new MailData().Domain(domain).Domain("alias-" + domain, target: domain)
            .Mailbox($"ann@{domain}", $"{domain}/ann").Mailbox($"off@{domain}", $"{domain}/off").Group($"everyone@{domain}")
            .Alias($"all@{domain}", [$"everyone@{domain}"]).WriteAsync(instance);
        await AssertAnswerAsync(instance, $"everyone@{domain}", 250);

        await new MailData().Mailbox($"new@{domain}", $"{domain}/new").WriteAsync(instance);
        await instance.ExecuteAsync($"UPDATE addresses SET is_active = 0 WHERE address = 'off@{domain}'");
        foreach (var to in (string[])[$"everyone@{domain}", $"everyone+x@alias-{domain}", $"all@{domain}"]) await AssertAnswerAsync(instance, to, 250);

        Assert.Equal((4, 3, 1), (instance.Delivered($"{domain}/ann").Count, instance.Delivered($"{domain}/new").Count, instance.Delivered($"{domain}/off").Count));
    }

    [MailStackFact]
    public async Task An_internal_group_takes_nothing_from_a_stranger_and_all_from_whoever_signed_in()
    {
        var (instance, domain) = (await TrialInstance.Shared, MailData.NewDomain());
        await new MailData().Domain(domain).Mailbox($"ann@{domain}", $"{domain}/ann").Group($"everyone@{domain}").Internal($"everyone@{domain}").WriteAsync(instance);

        await AssertAnswerAsync(instance, $"everyone@{domain}", 550);
        await using var submission = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);
        Assert.Equal(235, (await submission.SignInAsync($"ann@{domain}", MailData.Password)).Code);
        Assert.Equal(250, (await submission.SendAsync($"ann@{domain}", $"everyone@{domain}", "Subject: inside\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Single(instance.Delivered($"{domain}/ann"));
    }

    /// <summary>One more, and Postfix would accept the recipient and defer the message for days.</summary>
    [MailStackTheory]
    [InlineData(1000, 0, 250)]
    [InlineData(1001, 0, 550)]
    [InlineData(998, 1, 250)]
    [InlineData(999, 1, 550)]
    [InlineData(0, 0, 550)]
    public async Task A_group_answers_up_to_the_expansion_limit_and_is_refused_beyond(int mailboxes, int forwarding, int expected)
    {
        var (instance, domain) = (await TrialInstance.Shared, MailData.NewDomain());
        var data = new MailData().Domain(domain).Group($"everyone@{domain}").Alias($"all@{domain}", [$"everyone@{domain}"]);
        if (mailboxes > 0) data.Mailboxes(domain, mailboxes);
        for (var n = 1; n <= forwarding; n++) data.Mailbox(string.Create(CultureInfo.InvariantCulture, $"f{n}@{domain}"), string.Create(CultureInfo.InvariantCulture, $"{domain}/f{n}"), forwards: ["away@elsewhere.example"]);
        await data.WriteAsync(instance);

        foreach (var to in (string[])["everyone", "all"])
            Assert.Equal((to, expected), (to, await RcptAsync(instance, $"{to}@{domain}")));
        var table = await new LookupTable(instance, "virtual_alias_maps").AskAsync($"everyone@{domain}");
        Assert.Equal(expected == 250 ? mailboxes + forwarding : 0, table?.Split(',').Length ?? 0);
    }

    /// <summary>Whatever makes the domain grow, the table sees it with the next mail, and sees when it shrinks.</summary>
    [MailStackFact]
    public async Task A_group_that_grows_past_the_limit_is_refused_at_once_and_starts_again_by_itself()
    {
        var (instance, domain) = (await TrialInstance.Shared, MailData.NewDomain());
        await new MailData().Domain(domain).Group($"everyone@{domain}").Mailboxes(domain, 1000).Mailbox($"late@{domain}", $"{domain}/late").WriteAsync(instance);
        var late = $"WHERE address = 'late@{domain}'";

        (string Change, int Answer)[] steps =
        [
            ("is_active = 0", 250), ("is_active = 1", 550),
            ("active_from = UTC_TIMESTAMP(6) + INTERVAL 1 DAY", 250), ("active_from = UTC_TIMESTAMP(6) - INTERVAL 1 DAY", 550),
            ("active_until = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR", 250), ("active_until = NULL", 550), ("is_active = 0", 250),
        ];
        foreach (var (change, answer) in steps)
        {
            await instance.ExecuteAsync($"UPDATE addresses SET {change} {late}");
            Assert.Equal((change, answer), (change, await RcptAsync(instance, $"everyone@{domain}")));
        }
    }

    /// <summary>Beside other destinations a group has less room; the others get the mail, and nothing hangs.</summary>
    [MailStackFact]
    public async Task A_group_that_is_too_large_for_an_alias_is_left_out_and_the_mail_does_not_hang()
    {
        var (instance, domain) = (await TrialInstance.Shared, MailData.NewDomain());
        await new MailData().Domain(domain).Group($"everyone@{domain}").Mailboxes(domain, 999).Mailbox($"ann@{domain}", $"{domain}/ann")
            .Alias($"all@{domain}", [$"everyone@{domain}", $"ann@{domain}"]).WriteAsync(instance);

        await AssertAnswerAsync(instance, $"all@{domain}", 250);

        Assert.Single(instance.Delivered($"{domain}/ann"));
        var table = new LookupTable(instance, "virtual_alias_maps");
        Assert.Equal($"ann@{domain}", await table.AskAsync($"all@{domain}"));
        await instance.ExecuteAsync($"UPDATE addresses SET is_active = 0 WHERE address = 'm1@{domain}'");
        Assert.Equal([$"ann@{domain}", $"everyone@{domain}"], (await table.AskAsync($"all@{domain}"))!.Split(',').Order());
    }

    private static async Task<int> RcptAsync(TrialInstance instance, string to)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        await smtp.FromAsync("somebody@example.net");
        return (await smtp.ToAsync(to)).Code;
    }

    private static async Task AssertAnswerAsync(TrialInstance instance, string to, int expected)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal((to, expected), (to, (await smtp.SendAsync("somebody@example.net", to, "Subject: everyone\n\nHello.\n")).Code));
        Assert.Equal("", await instance.SettledQueueAsync());
    }
}
