using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Who may send as whom, asked of Postfix itself: what was granted, and nothing beside it.</summary>
public sealed class SendAsTests : IAsyncLifetime
{
    private static readonly Lazy<Task> Rows = new(WriteRowsAsync);

    public Task InitializeAsync() => Rows.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [MailStackTheory]
    [InlineData("box", "box@sendas.example", true)]
    [InlineData("box", "sales@sendas.example", true)]
    [InlineData("box", "SALES@SendAs.example", true)]
    [InlineData("box", "nobody-owns-it@sendas-other.example", true)]
    [InlineData("box", "other@sendas.example", false)]
    [InlineData("box", "sales@sendas-other.example", false)]
    [InlineData("box", "sales@sendas-off.example", false)]
    [InlineData("box", "anybody@example.net", false)]
    [InlineData("whole", "anybody@sendas-other.example", true)]
    [InlineData("whole", "anybody+ext@sendas-other.example", true)]
    [InlineData("whole", "other@sendas.example", false)]
    [InlineData("whole", "anybody@sendas-alias.example", true)]
    [InlineData("other", "other@sendas.example", true)]
    [InlineData("other", "sales@sendas.example", false)]
    [InlineData("other", "anybody@sendas-other.example", false)]
    public async Task A_mailbox_sends_as_itself_and_as_what_it_was_granted(string local, string sender, bool expected)
    {
        var instance = await TrialInstance.Shared;

        Assert.Equal(expected ? 250 : 553, await SendAsync(instance, $"{local}@sendas.example", sender));
    }

    /// <summary>The session was open before: the grant alone must not outlive its mailbox.</summary>
    [MailStackFact]
    public async Task The_grant_of_an_inactive_mailbox_opens_nothing()
    {
        var instance = await TrialInstance.Shared;
        var table = new LookupTable(instance, "smtpd_sender_login_maps");
        Assert.Equal("later@sendas.example", await table.AskAsync("of-later@sendas.example"));

        await instance.ExecuteAsync("UPDATE addresses SET is_active = 0 WHERE address = 'later@sendas.example'");

        Assert.Null(await table.AskAsync("of-later@sendas.example"));
    }

    [MailStackFact]
    public async Task A_grant_from_the_command_line_counts_at_once_and_so_does_its_end()
    {
        var instance = await TrialInstance.Shared;
        const string Box = "by-hand@sendas.example";
        const string Sender = "press@sendas.example";
        Assert.Equal(553, await SendAsync(instance, Box, Sender));

        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "send-as", "add", Box, Sender])).Status);
        Assert.Equal(250, await SendAsync(instance, Box, Sender));
        Assert.Contains(Sender, (await instance.PanelAsync(["mailbox", "show", Box])).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "send-as", "remove", Box, Sender])).Status);
        Assert.Equal(553, await SendAsync(instance, Box, Sender));
        Assert.Equal(1, (await instance.PanelAsync(["mailbox", "send-as", "remove", Box, Sender])).Status);
        Assert.Equal(1, (await instance.PanelAsync(["mailbox", "send-as", "add", Box, "x@example.net"])).Status);
    }

    private static async Task<int> SendAsync(TrialInstance instance, string login, string sender)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync(login, MailData.Password)).Code);
        return (await smtp.SendAsync(sender, "box@sendas.example", "Subject: sent as\n\nHello.\n")).Code;
    }

    private static async Task WriteRowsAsync()
    {
        var instance = await TrialInstance.Shared;
        var data = new MailData().Domain("sendas.example").Domain("sendas-other.example").Domain("sendas-off.example", isActive: false).Domain("sendas-alias.example", target: "sendas.example");
        foreach (var local in (string[])["box", "whole", "other", "later", "by-hand"]) data.Mailbox($"{local}@sendas.example", $"sendas/{local}");
        await data.WriteAsync(instance);
        await instance.ExecuteAsync("""
            INSERT INTO send_as_grants (mailbox_id, address, domain_id)
            SELECT m.id, g.sender, d.id
            FROM (SELECT 'box' AS local, 'sales@sendas.example' AS sender UNION ALL SELECT 'box', 'nobody-owns-it@sendas-other.example'
                UNION ALL SELECT 'box', 'sales@sendas-off.example' UNION ALL SELECT 'whole', '@sendas-other.example'
                UNION ALL SELECT 'whole', '@sendas-alias.example' UNION ALL SELECT 'later', 'of-later@sendas.example') g
            JOIN addresses a ON a.address = CONCAT(g.local, '@sendas.example')
            JOIN mailboxes m ON m.address_id = a.id
            JOIN domains d ON d.name = SUBSTRING_INDEX(g.sender, '@', -1)
            """);
    }
}
