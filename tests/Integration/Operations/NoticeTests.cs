using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Messages to mailbox owners: each is handed to the mail server once, however long that takes.</summary>
public sealed class NoticeTests(OperationsDatabase database) : NoticeTest(database)
{
    [MariaDbFact]
    public async Task A_new_mailbox_of_a_domain_that_greets_is_greeted_once()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal([DueStep.DealtWith, DueStep.NothingDue], [await StepAsync(post), await StepAsync(post)]);

        var message = Assert.Single(post.Messages);
        Assert.Equal(("postmaster@example.org", Bob), (message.From, message.To));
        Assert.Equal(0, await WaitingAsync());
    }

    [MariaDbTheory]
    [InlineData("imap 203.0.113.7", "reading mail (IMAP)", null)]
    [InlineData("pop3 203.0.113.7", "fetching mail (POP3)", null)]
    [InlineData("smtp 203.0.113.7", "sending mail", "bob@home.example")]
    [InlineData("sieve 203.0.113.7", "at the filters (ManageSieve)", null)]
    [InlineData("panel 203.0.113.7", "at the panel", "bob@home.example")]
    public async Task A_sign_in_from_a_new_network_is_told_with_its_way_and_place(string detail, string way, string? recovery)
    {
        await using var post = new PostOffice();
        await DomainAsync("example.org");
        await CreateAsync(Bob);
        if (recovery is not null) await AskAsync($"UPDATE mailboxes SET recovery_address = '{recovery}', confirmed_recovery_address = '{recovery}'");
        await AskAsync($"INSERT INTO notices (kind, mailbox_id, detail, created_at, due_at, failures) SELECT 'new_network', id, '{detail}', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 0 FROM mailboxes");

        Assert.Equal(DueStep.DealtWith, await StepAsync(post));

        var message = Assert.Single(post.Messages);
        var text = QuotedPrintable.Decode(message.Message);
        Assert.Equal(recovery ?? Bob, message.To);
        Assert.Contains("203.0.113.7", text, StringComparison.Ordinal);
        Assert.Contains(way, text, StringComparison.Ordinal);
        Assert.Contains("/me/sign-ins", text, StringComparison.Ordinal);
        Assert.Equal(0, await WaitingAsync());
    }

    [MariaDbFact]
    public async Task Where_nobody_is_greeted_no_message_is_written()
    {
        await DomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal(0, await WaitingAsync());
    }

    [MariaDbFact]
    public async Task While_the_mail_server_is_down_it_waits_and_is_sent_afterwards()
    {
        var port = await DownAsync();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal([DueStep.ServerAway, DueStep.NothingDue], [await StepAsync(port), await StepAsync(port)]);
        Assert.Equal("1\t1", await AskAsync("SELECT failures, due_at BETWEEN UTC_TIMESTAMP() AND UTC_TIMESTAMP() + INTERVAL 61 SECOND FROM notices"));
        await DueAsync();
        await StepAsync(port);
        Assert.Equal("2\t1", await AskAsync("SELECT failures, due_at > UTC_TIMESTAMP() + INTERVAL 61 SECOND FROM notices"));
        Assert.Contains("refused", (await FindAsync()).Welcome!.Refusal, StringComparison.Ordinal);

        await using var post = new PostOffice(port);
        await DueAsync();
        Assert.Equal(DueStep.DealtWith, await StepAsync(port));
        Assert.Single(post.Messages);
        Assert.Equal(0, await WaitingAsync());
    }

    [MariaDbFact]
    public async Task A_refusal_for_ever_is_told_on_the_mailbox_s_page_and_the_message_can_be_sent_again()
    {
        await using var post = new PostOffice { Refusal = "550 5.1.1 <bob@example.org>: nobody here" };
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal([DueStep.DealtWith, DueStep.NothingDue], [await StepAsync(post), await StepAsync(post)]);

        var welcome = (await FindAsync()).Welcome!;
        Assert.Null(welcome.DueAt);
        Assert.Contains("5.1.1 <bob@example.org>: nobody here", welcome.Refusal, StringComparison.Ordinal);
        post.Refusal = null;
        var id = (await FindAsync()).Id;
        Done(await RunAsync<SendWelcome, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default)));
        await StepAsync(post);
        Assert.Single(post.Messages);
        Assert.Null((await FindAsync()).Welcome);
    }

    [MariaDbFact]
    public async Task A_refusal_for_now_concerns_that_message_alone()
    {
        await using var post = new PostOffice { Refusal = "450 4.2.0 later" };
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal(DueStep.DealtWith, await StepAsync(post));

        Assert.Equal("1\t1", await AskAsync("SELECT failures, due_at > UTC_TIMESTAMP() FROM notices"));
        post.Refusal = "451 4.3.0 cannot ask my tables";
        await DueAsync();
        Assert.Equal(DueStep.ServerAway, await StepAsync(post));
        await AskAsync("UPDATE notices SET failures = 77, due_at = UTC_TIMESTAMP()");
        await StepAsync(post);
        Assert.Equal("NULL", await AskAsync("SELECT due_at FROM notices"));
    }

    [MariaDbFact]
    public async Task What_was_taken_without_an_answer_is_sent_again_under_the_same_id()
    {
        await using var post = new PostOffice { HangsUpAfterData = true };
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await StepAsync(post);

        post.HangsUpAfterData = false;
        await DueAsync();
        await StepAsync(post);

        var ids = post.Messages.Select(m => Split(m.Message).Headers["Message-ID"]).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
    }

    [MariaDbFact]
    public async Task Two_panels_at_once_send_it_once()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        for (var i = 0; i < 10; i++) await CreateAsync($"m{i}@example.org");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await StepAsync(post) != DueStep.NothingDue)
            {
                // The next one.
            }
        }));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"m{i}@example.org"), post.Messages.Select(m => m.To).Order(StringComparer.Ordinal));
    }

    [MariaDbFact]
    public async Task An_inactive_mailbox_s_waits_until_it_is_active()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await CreateAsync("later@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address LIKE 'bob%'; UPDATE addresses SET active_from = '2999-01-02' WHERE address LIKE 'later%'");

        Assert.Equal([DueStep.DealtWith, DueStep.DealtWith, DueStep.NothingDue], [await StepAsync(post), await StepAsync(post), await StepAsync(post)]);
        Assert.Equal("1\t2999-01-02 00:00:00.000000", await AskAsync("SELECT MIN(due_at) > UTC_TIMESTAMP(), MAX(due_at) FROM notices"));
        Assert.Empty(post.Messages);

        await AskAsync("UPDATE addresses SET is_active = 1, active_from = NULL");
        await DueAsync();
        await StepAsync(post);
        await StepAsync(post);
        Assert.Equal(2, post.Messages.Count);
    }

    [MariaDbFact]
    public async Task Nobody_is_greeted_after_a_month_or_when_the_domain_stopped_to()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await AskAsync("UPDATE addresses SET is_active = 0; UPDATE notices SET created_at = UTC_TIMESTAMP() - INTERVAL 31 DAY");
        await StepAsync(post);
        Assert.Equal(0, await WaitingAsync());

        await CreateAsync("ann@example.org");
        await AskAsync("UPDATE domains SET welcome_language = NULL");
        await StepAsync(post);
        Assert.Equal(0, await WaitingAsync());
        Assert.Empty(post.Messages);
        AssertRefused(await RunAsync<SendWelcome, Outcome<Saved>>(async o => await o.RunAsync(new() { Id = (await FindAsync()).Id }, Superadmin, default)), ":WelcomeOff");
    }

    [MariaDbFact]
    public async Task Whoever_is_deleted_is_told_nothing_until_restored()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(async o =>
        {
            var plan = (await o.PlanAsync(EmailAddress.Parse(Bob), Superadmin, default))!;
            return await o.RunAsync(new() { Id = plan.Id, Plan = plan.Fingerprint() }, Superadmin, default);
        });

        Assert.Equal(DueStep.NothingDue, await StepAsync(post));
        Done(await RunAsync<RestoreItem, Outcome<Saved>>(async o => await o.RunAsync(
            new() { Id = long.Parse(await AskAsync("SELECT id FROM recycled_items"), CultureInfo.InvariantCulture) }, Superadmin, default)));
        await StepAsync(post);

        Assert.Equal(Bob, Assert.Single(post.Messages).To);
    }

    /// <summary>A port that nobody listens on.</summary>
    private static async Task<int> DownAsync()
    {
        await using var post = new PostOffice();
        return post.Port;
    }

    private Task<string> DueAsync() => AskAsync("UPDATE notices SET due_at = UTC_TIMESTAMP()");

    private async Task<int> WaitingAsync() => int.Parse(await AskAsync("SELECT COUNT(*) FROM notices"), CultureInfo.InvariantCulture);

    private async Task<MailboxDetail> FindAsync() => (await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse(Bob), Superadmin, default)))!;
}
