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

    private static async Task DeliverAsync(TrialInstance instance, string address, int expected)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal((address, expected), (address, (await smtp.SendAsync("friend@example.net", address, $"Subject: to {address}\n\nHello.\n")).Code));
        Assert.Equal("", await instance.SettledQueueAsync());
    }
}
