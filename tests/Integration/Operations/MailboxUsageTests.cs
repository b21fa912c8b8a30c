using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Usage and last logins, written as Dovecot writes them: by address, without asking whether there is such a mailbox.</summary>
public sealed class MailboxUsageTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_mailbox_shows_what_dovecot_wrote_and_nothing_before_it_did()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org", quota: 1000);
        await MailboxAsync("eve@example.org");
        await WriteAsync("bob@example.org", 750, 3);
        await AskAsync("INSERT INTO mailbox_logins (address, service, seconds) VALUES ('bob@example.org', 'imap', 1700000000), ('bob@example.org', 'pop3', 1600000000)");

        var bob = await FindAsync("bob@example.org");
        var eve = await FindAsync("eve@example.org");
        var rows = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(new(), Superadmin, default));

        Assert.Equal((750, 3), (bob.UsedBytes, bob.Messages));
        Assert.Equal((new DateTime(2023, 11, 14, 22, 13, 20), new DateTime(2020, 9, 13, 12, 26, 40)), (bob.LastImapAt, bob.LastPop3At));
        Assert.Equal((0, 0, null, null), (eve.UsedBytes, eve.Messages, eve.LastImapAt, eve.LastPop3At));
        Assert.Equal([(750, new DateTime(2023, 11, 14, 22, 13, 20)), (0, null)], rows.Rows.Select(r => (r.UsedBytes, r.LastLoginAt)));
    }

    [MariaDbFact]
    public async Task A_deleted_mailbox_takes_its_records_along_and_leaves_those_of_others()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        await MailboxAsync("eve@example.org");
        foreach (var address in (string[])["bob@example.org", "eve@example.org"]) await WriteAsync(address, 10, 1);

        var plan = await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(id, Superadmin, default));
        Done(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default)));

        Assert.Equal("eve@example.org\t10", await AskAsync("SELECT address, bytes FROM mailbox_usage"));
        Assert.Equal("eve@example.org", await AskAsync("SELECT address FROM mailbox_logins"));
    }

    /// <summary>A session that was still open when its mailbox went writes once more; who gets the address then must not see it.</summary>
    [MariaDbFact]
    public async Task A_mailbox_that_is_created_does_not_inherit_what_a_late_session_wrote()
    {
        await DomainAsync("example.org");
        await WriteAsync("bob@example.org", 10, 1);

        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "bob", Password = Password }, Superadmin, default)));

        Assert.Equal("0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM mailbox_usage), (SELECT COUNT(*) FROM mailbox_logins)"));
    }

    [MariaDbFact]
    public async Task A_domains_sum_is_counted_when_it_is_old_and_goes_with_the_domain()
    {
        var id = await DomainAsync("example.org");
        await DomainAsync("other.example");
        foreach (var address in (string[])["bob@example.org", "eve@example.org", "bob@other.example"])
        {
            await MailboxAsync(address);
            await WriteAsync(address, 10, 1);
        }
        Assert.Equal((20, 2), await UsedAsync("example.org"));

        await AskAsync("UPDATE mailbox_usage SET bytes = 500");
        Assert.Equal((20, 2), await UsedAsync("example.org"));
        await AskAsync("UPDATE domain_usage SET counted_at = UTC_TIMESTAMP(6) - INTERVAL 61 SECOND");
        Assert.Equal((1000, 2), await UsedAsync("example.org"));

        var plan = await RunAsync<DeleteDomain, DomainDeletion?>(o => o.PlanAsync(id, Superadmin, default));
        Done(await RunAsync<DeleteDomain, Outcome<DomainDeletion>>(o => o.RunAsync(new() { Id = id, ConfirmName = "example.org", Plan = plan!.Fingerprint() }, Superadmin, default)));
        Assert.Equal("bob@other.example", await AskAsync("SELECT address FROM mailbox_usage"));
        Assert.Equal("bob@other.example", await AskAsync("SELECT address FROM mailbox_logins"));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM domain_usage"));
    }

    [MariaDbFact]
    public async Task A_domain_without_mail_uses_nothing()
    {
        await DomainAsync("example.org");

        Assert.Equal((0, 0), await UsedAsync("example.org"));
    }

    private Task<string> WriteAsync(string address, long bytes, long messages) => AskAsync(
        $"INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('{address}', {bytes}, {messages}); INSERT INTO mailbox_logins (address, service, seconds) VALUES ('{address}', 'sieve', 1)");

    private async Task<(long, long)> UsedAsync(string domain)
    {
        var found = await RunAsync<DomainRows, DomainDetail?>(r => r.FindAsync(DomainName.Parse(domain), Superadmin, default, countsUsed: true));
        return (found!.Used!.Bytes, found.Used.Messages);
    }

    private async Task<MailboxDetail> FindAsync(string address) =>
        (await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse(address), Superadmin, default)))!;
}
