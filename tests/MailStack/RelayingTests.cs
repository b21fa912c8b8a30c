using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// Two attacks: a stranger sends through this host to a third one (open relay), and somebody with a mailbox here sends
/// in the name of somebody else.
/// </summary>
public sealed class RelayingTests : IAsyncLifetime
{
    private static readonly Lazy<Task> Rows = new(WriteRowsAsync);

    public Task InitializeAsync() => Rows.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [MailStackTheory]
    [InlineData("<somebody@example.net>")]
    [InlineData("<somebody%example.net@relaying.example>")]
    [InlineData("<\"somebody@example.net\"@relaying.example>")]
    [InlineData("<somebody@example.net@relaying.example>")]
    [InlineData("<example.net!somebody@relaying.example>")]
    [InlineData("<@relaying.example:somebody@example.net>")]
    [InlineData("<somebody%example.net@mail.localhost>")]
    [InlineData("<somebody@[127.0.0.1]>")]
    [InlineData("<somebody@localhost>")]
    [InlineData("<box@relaying-off.example>")]
    [InlineData("<box@sub.relaying.example>")]
    public async Task A_stranger_cannot_send_to_another_host(string recipient)
    {
        var instance = await TrialInstance.Shared;
        foreach (var sender in (string[])["", "box@relaying.example", "root@mail.localhost"])
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            await smtp.FromAsync(sender);
            var reply = await smtp.SayAsync($"RCPT TO:{recipient}");

            Assert.InRange(reply.Code, 500, 599);
        }
    }

    [MailStackFact]
    public async Task Submission_takes_no_mail_without_a_sign_in()
    {
        var instance = await TrialInstance.Shared;
        foreach (var to in (string[])["somebody@example.net", "box@relaying.example"])
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);
            await smtp.FromAsync("somebody@example.org");

            Assert.Equal(554, (await smtp.ToAsync(to)).Code);
        }
    }

    [MailStackTheory]
    [InlineData("box@relaying.example", 250)]
    [InlineData("Box+list@relaying.example", 250)]
    [InlineData("box@relaying-alias.example", 250)]
    [InlineData("own-alias@relaying.example", 250)]
    [InlineData("own-alias@relaying-alias.example", 250)]
    [InlineData("", 250)]
    [InlineData("other@relaying.example", 553)]
    [InlineData("shared@relaying.example", 553)]
    [InlineData("members@relaying.example", 250)]
    [InlineData("members@relaying-alias.example", 250)]
    [InlineData("others@relaying.example", 553)]
    [InlineData("off-alias@relaying.example", 553)]
    [InlineData("caught@relaying.example", 553)]
    [InlineData("nobody@relaying-alias.example", 553)]
    [InlineData("somebody@example.net", 553)]
    [InlineData("@relaying.example", 501)]
    public async Task A_mailbox_sends_as_its_own_addresses_only(string sender, int expected)
    {
        var instance = await TrialInstance.Shared;
        await using var smtp = await SubmitterAsync(instance);
        var from = await smtp.FromAsync(sender);

        Assert.Equal(expected, from.IsPositive ? (await smtp.ToAsync("somebody@example.net")).Code : from.Code);
    }

    /// <summary>A stranger who writes an inside address into MAIL FROM is a stranger still.</summary>
    [MailStackFact]
    public async Task An_internal_address_takes_mail_from_whoever_signed_in_and_from_nobody_else()
    {
        var instance = await TrialInstance.Shared;
        foreach (var to in (string[])["inside@relaying.example", "inside+x@relaying.example", "inside@relaying-alias.example"])
        {
            foreach (var from in (string[])["somebody@example.net", "box@relaying.example", ""])
            {
                await using var stranger = await SmtpDialogue.OpenAsync(instance.Smtp);
                await stranger.FromAsync(from);
                Assert.Equal(550, (await stranger.ToAsync(to)).Code);
            }
        }
        await using var smtp = await SubmitterAsync(instance);

        Assert.Equal(250, (await smtp.SendAsync("box@relaying.example", "inside@relaying.example", "Subject: among us\n\nHello.\n")).Code);
        Assert.Equal(250, (await smtp.SendAsync("members@relaying.example", "inside@relaying-alias.example", "Subject: by the other name\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Contains(instance.Delivered("relay/other"), text => text.Contains("Subject: among us", StringComparison.Ordinal));
        Assert.Contains(instance.Delivered("relay/other"), text => text.Contains("Subject: by the other name", StringComparison.Ordinal));
    }

    [MailStackFact]
    public async Task What_a_mailbox_sends_to_another_host_leaves_and_what_it_sends_here_arrives()
    {
        var instance = await TrialInstance.Shared;
        await using var smtp = await SubmitterAsync(instance);

        Assert.Equal(250, (await smtp.SendAsync("box@relaying.example", "far@example.net", "Subject: out\n\n.dot\nend\n")).Code);
        Assert.Equal(250, (await smtp.SendAsync("box@relaying.example", "other@relaying.example", "Subject: in\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        var sent = Assert.Single(instance.Sent("far@example.net"));
        Assert.StartsWith("X-Envelope-From: box@relaying.example\r\nX-Envelope-To: far@example.net\r\n", sent, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n.dot\r\nend\r\n", sent, StringComparison.Ordinal);
        Assert.Contains(instance.Delivered("relay/other"), text => text.Contains("Subject: in\r\n", StringComparison.Ordinal) || text.Contains("Subject: in\n", StringComparison.Ordinal));
    }

    /// <summary>A client's computer and address, as its own headers or the server's would tell them, stay here. The trace of other hosts stays in the message.</summary>
    [MailStackFact]
    public async Task A_submitted_message_does_not_tell_where_it_was_sent_from()
    {
        var instance = await TrialInstance.Shared;
        await using var smtp = await SubmitterAsync(instance);
        const string Message = """
            Received: from relay.example.net (relay.example.net [192.0.2.9])
            	by other.example.net (Postfix) with ESMTPS id ABCDEF; Sat, 21 Nov 2026 00:00:00 +0000
            X-Originating-IP: [192.0.2.44]
            Subject: secret place

            X-Originating-IP: a line of the body
            """;

        Assert.Equal(250, (await smtp.SendAsync("box@relaying.example", "headers@example.net", Message)).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        var sent = Assert.Single(instance.Sent("headers@example.net"));
        var head = sent[..sent.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain("client.test", head, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", head, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.44", head, StringComparison.Ordinal);
        Assert.Contains("Received: by mail.localhost (Postfix) with ESMTPSA id ", head, StringComparison.Ordinal);
        Assert.Contains("Received: from relay.example.net (relay.example.net [192.0.2.9])", head, StringComparison.Ordinal);
        Assert.Equal(2, head.Split("Received:").Length - 1);
        Assert.Contains("X-Originating-IP: a line of the body", sent, StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task A_message_from_another_host_keeps_its_headers()
    {
        var instance = await TrialInstance.Shared;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        Assert.Equal(250, (await smtp.SendAsync("somebody@example.net", "trace@relaying.example", "X-Originating-IP: [192.0.2.44]\nSubject: trace\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        var delivered = Assert.Single(instance.Delivered("relay/trace"));
        Assert.Contains("X-Originating-IP: [192.0.2.44]", delivered, StringComparison.Ordinal);
        Assert.Contains("Received: from client.test (localhost [127.0.0.1])", delivered, StringComparison.Ordinal);
    }

    [MailStackTheory]
    [InlineData("postmaster@mail.localhost", 250)]
    [InlineData("root@mail.localhost", 250)]
    [InlineData("ABUSE@mail.localhost", 250)]
    [InlineData("postmaster", 250)]
    [InlineData("somebody@mail.localhost", 550)]
    [InlineData("root+ext@mail.localhost", 550)]
    public async Task The_host_itself_takes_mail_for_its_well_known_names_only(string recipient, int expected)
    {
        var instance = await TrialInstance.Shared;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        await smtp.FromAsync("somebody@example.net");

        Assert.Equal(expected, (await smtp.ToAsync(recipient)).Code);
    }

    [MailStackFact]
    public async Task Mail_for_the_host_itself_goes_to_the_chosen_recipient()
    {
        var instance = await TrialInstance.Shared;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        Assert.Equal(250, (await smtp.SendAsync("somebody@example.net", "abuse@mail.localhost", "Subject: for the host\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        Assert.Contains(instance.Sent("postmaster@example.org"), text => text.Contains("Subject: for the host", StringComparison.Ordinal));
    }

    private static async Task<SmtpDialogue> SubmitterAsync(TrialInstance instance)
    {
        var smtp = await SmtpDialogue.OpenAsync(instance.Submission);
        await smtp.StartTlsAsync(instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync("box@relaying.example", MailData.Password)).Code);
        return smtp;
    }

    private static async Task WriteRowsAsync() => await new MailData()
        .Domain("relaying.example").Domain("relaying-alias.example", target: "relaying.example").Domain("relaying-off.example", isActive: false)
        .Mailbox("box@relaying.example", "relay/box").Mailbox("other@relaying.example", "relay/other").Mailbox("trace@relaying.example", "relay/trace")
        .Mailbox("box@relaying-off.example", "relay/off")
        .Alias("own-alias@relaying.example", ["box@relaying.example"])
        .Alias("off-alias@relaying.example", ["box@relaying.example"], isActive: false)
        .Alias("shared@relaying.example", ["box@relaying.example", "other@relaying.example"])
        .Alias("members@relaying.example", ["box@relaying.example", "other@relaying.example"]).MembersMaySend("members@relaying.example")
        .Alias("others@relaying.example", ["other@relaying.example", "trace@relaying.example"]).MembersMaySend("others@relaying.example")
        .Alias("inside@relaying.example", ["other@relaying.example"]).Internal("inside@relaying.example")
        .Alias("@relaying.example", ["box@relaying.example"])
        .WriteAsync(await TrialInstance.Shared);
}
