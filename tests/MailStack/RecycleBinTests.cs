using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What is in the recycle bin takes no mail and lets nobody in, and a catch-all does not take its place; restored it is as it was.</summary>
public sealed class RecycleBinTests
{
    [MailStackFact]
    public async Task A_deleted_mailbox_is_refused_past_a_catch_all_and_comes_back_with_its_mail()
    {
        var instance = await TrialInstance.Shared;
        var (domain, also) = (MailData.NewDomain(), MailData.NewDomain());
        await new MailData().Domain(domain).Domain(also, target: domain)
            .Mailbox($"bob@{domain}", $"{domain}/bob").Mailbox($"all@{domain}", $"{domain}/all")
            .Alias($"@{domain}", [$"all@{domain}"]).Alias($"info@{domain}", [$"bob@{domain}"]).WriteAsync(instance);
        await DeliverAsync(instance, $"bob@{domain}", 250);

        await RunAsync(instance, "mailbox", "delete", $"bob@{domain}");

        foreach (var address in (string[])[$"bob@{domain}", $"bob+x@{domain}", $"bob@{also}", $"bob+x@{also}", $"info@{domain}"]) await DeliverAsync(instance, address, 550);
        await DeliverAsync(instance, $"nobody@{domain}", 250);
        Assert.Single(instance.Delivered($"{domain}/all"));
        Assert.False(await SignsInAsync(instance, $"bob@{domain}"));
        Assert.False(await SubmitsAsync(instance, $"bob@{domain}"));

        await RunAsync(instance, "mailbox", "restore", $"bob@{domain}");

        foreach (var address in (string[])[$"bob@{domain}", $"bob+x@{also}", $"info@{domain}"]) await DeliverAsync(instance, address, 250);
        Assert.Single(instance.Delivered($"{domain}/all"));
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync($"bob@{domain}", MailData.Password));
        Assert.Equal(4, await imap.SelectAsync());
    }

    [MailStackFact]
    public async Task A_deleted_alias_and_a_deleted_catch_all_are_refused_until_they_come_back()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"bob@{domain}", $"{domain}/bob")
            .Alias($"@{domain}", [$"bob@{domain}"]).Alias($"info@{domain}", [$"bob@{domain}"]).WriteAsync(instance);

        await RunAsync(instance, "alias", "delete", $"info@{domain}");
        await DeliverAsync(instance, $"info@{domain}", 550);
        await RunAsync(instance, "alias", "delete", $"@{domain}");
        await DeliverAsync(instance, $"nobody@{domain}", 550);
        await DeliverAsync(instance, $"bob@{domain}", 250);
        await RunAsync(instance, "alias", "restore", $"info@{domain}");
        await RunAsync(instance, "alias", "restore", $"@{domain}");

        await DeliverAsync(instance, $"info@{domain}", 250);
        await DeliverAsync(instance, $"nobody@{domain}", 250);
        Assert.Equal(3, instance.Delivered($"{domain}/bob").Count);
    }

    [MailStackFact]
    public async Task A_deleted_domain_takes_no_mail_by_any_of_its_names_until_it_comes_back()
    {
        var instance = await TrialInstance.Shared;
        var (domain, also, other) = (MailData.NewDomain(), MailData.NewDomain(), MailData.NewDomain());
        await new MailData().Domain(domain).Domain(also, target: domain).Domain(other)
            .Mailbox($"bob@{domain}", $"{domain}/bob").Alias($"out@{other}", [$"bob@{domain}"]).WriteAsync(instance);
        await DeliverAsync(instance, $"bob@{also}", 250);

        await RunAsync(instance, "domain", "delete", domain);

        // 554 from whoever asks anew; an smtpd that has just resolved the address still takes the domain for ours, and finds nobody: 550.
        foreach (var address in (string[])[$"bob@{domain}", $"bob@{also}"]) await DeliverAsync(instance, address, 550, 554);
        await DeliverAsync(instance, $"out@{other}", 550);
        Assert.False(await SignsInAsync(instance, $"bob@{domain}"));

        await RunAsync(instance, "domain", "restore", domain);

        // In another spelling: an smtpd(8) that has refused an address remembers where it leads until the process ends.
        foreach (var address in (string[])[$"bob+back@{domain}", $"bob+back@{also}", $"out@{other}"]) await DeliverAsync(instance, address, 250);
        Assert.True(await SignsInAsync(instance, $"bob@{domain}"));
        Assert.Equal(4, instance.Delivered($"{domain}/bob").Count);
    }

    private static async Task RunAsync(TrialInstance instance, params string[] arguments)
    {
        var (status, _, errors) = await instance.PanelAsync(arguments);
        Assert.True(status == 0, errors);
    }

    private static async Task DeliverAsync(TrialInstance instance, string address, params int[] expected)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        var reply = await smtp.SendAsync("friend@example.net", address, $"Subject: to {address}\n\nHello.\n");
        Assert.True(expected.Contains(reply.Code), $"{address}: {reply}");
        Assert.Equal("", await instance.SettledQueueAsync());
    }

    private static async Task<bool> SignsInAsync(TrialInstance instance, string address)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        return await imap.SignInAsync(address, MailData.Password);
    }

    private static async Task<bool> SubmitsAsync(TrialInstance instance, string address)
    {
        await using var submission = await SmtpDialogue.OpenAsync(instance.Submission);
        await submission.StartTlsAsync(instance.CaFile);
        return (await submission.SignInAsync(address, MailData.Password)).Code == 235;
    }
}
