using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>A renamed or moved mailbox is the same mailbox to its owner: mail, password and filters are where they were.</summary>
public sealed class RenameTests
{
    [MailStackFact]
    public async Task A_mailbox_that_moves_to_another_domain_keeps_its_mail_and_its_old_address()
    {
        var instance = await TrialInstance.Shared;
        var (from, to) = (MailData.NewDomain(), MailData.NewDomain());
        await new MailData().Domain(from).Domain(to).Mailbox($"old@{from}", $"{from}/old").Alias($"info@{from}", [$"old@{from}"]).WriteAsync(instance);
        await DeliverAsync(instance, $"old@{from}", 250);

        var (status, output, errors) = await instance.PanelAsync(["mailbox", "rename", $"old@{from}", $"new@{to}", "--keep-alias"]);
        Assert.True(status == 0, errors);
        Assert.Contains($"new@{to}", output, StringComparison.Ordinal);

        await DeliverAsync(instance, $"old@{from}", 250);
        await DeliverAsync(instance, $"info@{from}", 250);
        await DeliverAsync(instance, $"new@{to}", 250);
        Assert.Equal(4, instance.Delivered($"{from}/old").Count);
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile))
        {
            Assert.True(await imap.SignInAsync($"new@{to}", MailData.Password));
            Assert.Equal(4, await imap.SelectAsync());
        }
        await using var again = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.False(await again.SignInAsync($"old@{from}", MailData.Password));
    }

    [MailStackFact]
    public async Task Without_an_alias_the_old_address_is_refused_and_what_led_to_it_follows()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"old@{domain}", $"{domain}/old").Alias($"info@{domain}", [$"old@{domain}"]).WriteAsync(instance);

        var (status, _, errors) = await instance.PanelAsync(["mailbox", "rename", $"old@{domain}", $"new@{domain}"]);
        Assert.True(status == 0, errors);

        await DeliverAsync(instance, $"old@{domain}", 550);
        await DeliverAsync(instance, $"info@{domain}", 250);
        Assert.Single(instance.Delivered($"{domain}/old"));
    }

    /// <summary>Old mail under the new name; and as the old name stays, mail, sign-ins and senders under it.</summary>
    [MailStackFact]
    public async Task A_domain_that_keeps_its_old_name_locks_nobody_out()
    {
        var instance = await TrialInstance.Shared;
        var (old, elsewhere) = (MailData.NewDomain(), MailData.NewDomain());
        var renamed = $"renamed-{old}";
        await new MailData().Domain(old).Domain(elsewhere).Mailbox($"box@{old}", $"{old}/box").Alias($"info@{old}", [$"box@{old}"]).Alias($"far@{elsewhere}", [$"box@{old}"]).WriteAsync(instance);
        await DeliverAsync(instance, $"box@{old}", 250);

        var (status, output, errors) = await instance.PanelAsync(["domain", "rename", old, renamed, "--keep-old"]);
        Assert.True(status == 0, errors);
        Assert.EndsWith(", 1 destinations elsewhere.\n", output, StringComparison.Ordinal);

        foreach (var address in (string[])[$"box@{old}", $"info@{old}", $"box@{renamed}", $"info@{renamed}", $"far@{elsewhere}"]) await DeliverAsync(instance, address, 250);
        await DeliverAsync(instance, $"nobody@{old}", 550);
        foreach (var name in (string[])[$"box@{renamed}", $"box@{old}"])
        {
            await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
            Assert.True(await imap.SignInAsync(name, MailData.Password), name);
            Assert.Equal(6, await imap.SelectAsync());
            foreach (var sender in (string[])[$"box@{renamed}", $"box@{old}"]) Assert.Equal((name, sender, 250), (name, sender, await SendAsync(instance, name, sender)));
        }
        Assert.Equal($"box@{renamed}\t1", (await instance.ExecuteAsync($"SELECT a.address, (SELECT COUNT(DISTINCT l.address) FROM mailbox_logins l WHERE l.address IN ('box@{old}', 'box@{renamed}')) FROM addresses a WHERE a.address LIKE 'box@%{old}'")).Trim());
    }

    [MailStackFact]
    public async Task Without_its_old_name_a_renamed_domain_is_found_under_the_new_one_only()
    {
        var instance = await TrialInstance.Shared;
        var old = MailData.NewDomain();
        var renamed = $"renamed-{old}";
        await new MailData().Domain(old).Mailbox($"box@{old}", $"{old}/box").WriteAsync(instance);
        await DeliverAsync(instance, $"box@{old}", 250);

        Assert.Equal(0, (await instance.PanelAsync(["domain", "rename", old, renamed])).Status);

        // Nobody hosts the old name any more: this host does not relay it.
        await DeliverAsync(instance, $"box@{old}", 554);
        await DeliverAsync(instance, $"box@{renamed}", 250);
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile))
        {
            Assert.True(await imap.SignInAsync($"box@{renamed}", MailData.Password));
            Assert.Equal(2, await imap.SelectAsync());
        }
        await using var again = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.False(await again.SignInAsync($"box@{old}", MailData.Password));
    }

    private static async Task<int> SendAsync(TrialInstance instance, string login, string sender)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync(login, MailData.Password)).Code);
        return (await smtp.SendAsync(sender, "somebody@example.net", $"From: {sender}\nSubject: hello\n\nHello.\n")).Code;
    }

    private static async Task DeliverAsync(TrialInstance instance, string address, int expected)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal((address, expected), (address, (await smtp.SendAsync("friend@example.net", address, $"Subject: to {address}\n\nHello.\n")).Code));
        Assert.Equal("", await instance.SettledQueueAsync());
    }
}
