using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>A full mailbox: refused while the sender is there, or, where only delivery can know, kept for later; never bounced.</summary>
public abstract class QuotaTests<TStack> : IAsyncLifetime
    where TStack : IMailStack
{
    private static readonly Lazy<Task> Full = new(FillAsync);

    public Task InitializeAsync() => Full.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [StackTheory]
    [InlineData("full@quota.example", 452)]
    [InlineData("full+ext@quota.example", 452)]
    [InlineData("roomy@quota.example", 250)]
    [InlineData("unlimited@quota.example", 250)]
    public async Task A_full_mailbox_is_refused_at_rcpt_by_its_own_address(string recipient, int expected)
    {
        var instance = await TStack.Instance;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        await smtp.FromAsync("somebody@example.net");

        Assert.Equal(expected, (await smtp.ToAsync(recipient)).Code);
    }

    [StackFact]
    public async Task A_message_announced_as_larger_than_what_is_left_is_refused_at_rcpt()
    {
        var instance = await TStack.Instance;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        await smtp.SayAsync("MAIL FROM:<somebody@example.net> SIZE=2000000");

        Assert.Equal(452, (await smtp.ToAsync("roomy@quota.example")).Code);
        Assert.Equal(250, (await smtp.ToAsync("unlimited@quota.example")).Code);
    }

    [StackTheory]
    [InlineData("by-alias@quota.example")]
    [InlineData("full@quota-alias.example")]
    [InlineData("caught@quota-caught.example")]
    public async Task Mail_that_reaches_a_full_mailbox_by_another_address_waits_and_does_not_bounce(string recipient)
    {
        var instance = await TStack.Instance;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        var sender = $"sender-{Guid.NewGuid():N}@example.net";

        Assert.Equal(250, (await smtp.SendAsync(sender, recipient, "Subject: too much\n\nHello.\n")).Code);
        var queue = await instance.SettledQueueAsync();

        var waiting = Assert.Single(queue.Split('\n'), line => line.Contains(sender, StringComparison.Ordinal));
        Assert.Contains("\"queue_name\": \"deferred\"", waiting, StringComparison.Ordinal);
        Assert.Contains("452", waiting, StringComparison.Ordinal);
        Assert.Empty(instance.Sent(sender));
        var id = waiting.Split("\"queue_id\": \"")[1].Split('"')[0];
        await instance.RunDaemonsAsync("/usr/sbin/postsuper", ["-c", Path.Combine(instance.Config, "postfix"), "-d", id]);
    }

    private static async Task FillAsync()
    {
        var instance = await TStack.Instance;
        await new MailData()
            .Domain("quota.example").Domain("quota-alias.example", target: "quota.example").Domain("quota-caught.example")
            .Mailbox("full@quota.example", "q/full")
            .Mailbox("roomy@quota.example", "q/roomy", quota: 1_000_000)
            .Mailbox("unlimited@quota.example", "q/unlimited")
            .Alias("by-alias@quota.example", ["full@quota.example"])
            .Alias("@quota-caught.example", ["full@quota.example"])
            .WriteAsync(instance);
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await smtp.SendAsync("somebody@example.net", "full@quota.example", "Subject: filling\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Single(instance.Delivered("q/full"));
        // Smaller than what it holds already.
        await instance.ExecuteAsync("UPDATE mailboxes SET quota_bytes = 100 WHERE home = 'q/full'");
    }
}
