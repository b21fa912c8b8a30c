using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class RenameMailboxTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_move_changes_the_counters_of_both_domains_and_keeps_home_password_and_usage()
    {
        await DomainAsync("old.example");
        await DomainAsync("new.example");
        var id = await MailboxAsync("bob@old.example", quota: 1000);
        var kept = await AskAsync("SELECT home, password_hash, quota_bytes FROM mailboxes");
        await AskAsync("INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('bob@old.example', 10, 1), ('robert@new.example', 99, 9); INSERT INTO mailbox_logins (address, service, seconds) VALUES ('bob@old.example', 'imap', 5)");

        Done(await RenameAsync(new() { Id = id, NewAddress = "Robert@New.example", KeepsOldAddress = true }));

        Assert.Equal("0\t1\t0\n1\t0\t1000", await AskAsync("SELECT mailbox_count, alias_count, allocated_quota FROM domains ORDER BY name DESC"));
        Assert.Equal(kept, await AskAsync("SELECT home, password_hash, quota_bytes FROM mailboxes"));
        Assert.Equal("robert@new.example\t10\t1", await AskAsync("SELECT address, bytes, messages FROM mailbox_usage"));
        Assert.Equal("robert@new.example", await AskAsync("SELECT address FROM mailbox_logins"));
        Assert.Equal(
            "bob@old.example\talias\trobert@new.example",
            await AskAsync("SELECT a.address, a.kind, x.address FROM addresses a JOIN aliases l ON l.address_id = a.id JOIN destinations x ON x.address_id = a.id"));
        Assert.Equal(
            "mailbox.rename\tbob@old.example\told.example\tbob@old.example\trobert@new.example\nmailbox.rename\trobert@new.example\tnew.example\tbob@old.example\trobert@new.example",
            await AskAsync("SELECT e.action, e.subject, d.name, JSON_VALUE(e.`before`, '$.address'), JSON_VALUE(e.`after`, '$.address') FROM audit_entries e JOIN domains d ON d.id = e.domain_id ORDER BY e.id"));
    }

    /// <summary>The attack: an admin of mailboxes alone leaves an alias behind, and rewrites the forward of a mailbox whose password is all that may be set.</summary>
    [MariaDbFact]
    public async Task A_rename_goes_no_further_than_the_permissions_of_whoever_renames()
    {
        await DomainAsync("own.example");
        await DomainAsync("passwords.example");
        var id = await MailboxAsync("bob@own.example");
        await MailboxAsync("eve@passwords.example", forwards: "bob@own.example");
        await MailboxAsync("ann@own.example", forwards: "bob@own.example");
        var ute = await DomainAdminAsync("ute", "own.example", "passwords.example");
        await AskAsync($"UPDATE domain_admins g JOIN domains d ON d.id = g.domain_id SET g.permissions = IF(d.name = 'own.example', {(int)DomainPermissions.Mailboxes}, {(int)DomainPermissions.Passwords})");

        AssertRefused(await RenameAsync(new() { Id = id, NewAddress = "robert@own.example", KeepsOldAddress = true }, ute), "KeepsOldAddress:AliasesNotYours");
        Done(await RenameAsync(new() { Id = id, NewAddress = "robert@own.example", KeepsOldAddress = false }, ute));

        Assert.Equal("ann@own.example\trobert@own.example\neve@passwords.example\tbob@own.example", await AskAsync("SELECT a.address, x.address FROM addresses a JOIN destinations x ON x.address_id = a.id ORDER BY 1"));
        Assert.Equal("ann@own.example\t[\"bob@own.example\"]\t[\"robert@own.example\"]", await AskAsync("SELECT subject, JSON_QUERY(`before`, '$.destinations'), JSON_QUERY(`after`, '$.destinations') FROM audit_entries WHERE action = 'mailbox.update'"));
    }

    [MariaDbFact]
    public async Task What_leads_to_the_old_address_follows_in_the_actors_scope_only_and_once()
    {
        await DomainAsync("own.example");
        await DomainAsync("foreign.example");
        await AliasDomainAsync("own-alias.example", "own.example");
        var id = await MailboxAsync("bob@own.example");
        await AliasAsync("info@own.example", "bob@own.example", "bob@own-alias.example", "x@y.example");
        await AliasAsync("both@own.example", "bob@own.example", "robert@own.example");
        await MailboxAsync("eve@own.example", keepsCopy: true, forwards: "bob@own.example");
        await AliasAsync("info@foreign.example", "bob@own.example");
        var ute = await DomainAdminAsync("ute", "own.example");

        Done(await RenameAsync(new() { Id = id, NewAddress = "robert@own.example", KeepsOldAddress = false, MovesDestinations = true }, ute));

        Assert.Equal(
            """
            both@own.example	robert@own.example
            eve@own.example	robert@own.example
            info@foreign.example	bob@own.example
            info@own.example	robert@own.example,x@y.example
            """,
            await AskAsync("SELECT a.address, GROUP_CONCAT(x.address ORDER BY x.address) FROM addresses a JOIN destinations x ON x.address_id = a.id GROUP BY a.address ORDER BY a.address"));
        Assert.Equal("2\n2\n1", await AskAsync("SELECT l.version FROM aliases l JOIN addresses a ON a.id = l.address_id ORDER BY a.address = 'info@foreign.example', a.address"));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM addresses WHERE address = 'bob@own.example'"));
    }

    [MariaDbFact]
    public async Task Destinations_stay_where_nobody_asked_for_it()
    {
        await DomainAsync("own.example");
        var id = await MailboxAsync("bob@own.example");
        await AliasAsync("info@own.example", "bob@own.example");

        Done(await RenameAsync(new() { Id = id, NewAddress = "robert@own.example", KeepsOldAddress = true, MovesDestinations = false }));

        Assert.Equal("bob@own.example\nrobert@own.example", await AskAsync("SELECT address FROM destinations ORDER BY address"));
        Assert.Equal("1\t2", await AskAsync("SELECT mailbox_count, alias_count FROM domains"));
    }

    [MariaDbFact]
    public async Task The_limits_of_the_new_domain_count_and_a_refused_move_changes_nothing()
    {
        await DomainAsync("old.example");
        await DomainAsync("full.example", mailboxLimit: 0);
        await DomainAsync("pooled.example", quotaLimit: 500);
        await DomainAsync("tight.example", aliasLimit: 0);
        var id = await MailboxAsync("bob@old.example", quota: 1000);
        var tight = await MailboxAsync("bob@tight.example");
        var before = await TablesAsync();

        AssertRefused(await RenameAsync(new() { Id = id, NewAddress = "bob@full.example" }), ":MailboxLimitReached");
        AssertRefused(await RenameAsync(new() { Id = id, NewAddress = "bob@pooled.example" }), ":QuotaLimitReached");
        AssertRefused(await RenameAsync(new() { Id = tight, NewAddress = "robert@tight.example", KeepsOldAddress = true }), ":AliasLimitReached");
        Assert.Equal(before, await TablesAsync());
        Done(await RenameAsync(new() { Id = tight, NewAddress = "robert@tight.example", KeepsOldAddress = false }));
    }

    [MariaDbTheory]
    [InlineData("", "AddressEmpty")]
    [InlineData("bob", "NoAt")]
    [InlineData("bob@own.example", "AddressUnchanged")]
    [InlineData("BOB@Own.Example", "AddressUnchanged")]
    [InlineData("eve@own.example", "AddressTakenByMailbox")]
    [InlineData("info@own.example", "AddressTakenByAlias")]
    [InlineData("a/b@own.example", "LocalPartNotForMailbox")]
    [InlineData("bob@foreign.example", "DomainNotYours")]
    [InlineData("bob@absent.example", "DomainNotYours")]
    [InlineData("bob@own-alias.example", "DomainNotYours")]
    public async Task A_new_address_that_cannot_be_is_named_and_nothing_changes(string address, string code)
    {
        await DomainAsync("own.example");
        await DomainAsync("foreign.example");
        await AliasDomainAsync("own-alias.example", "own.example");
        var id = await MailboxAsync("bob@own.example");
        await MailboxAsync("eve@own.example");
        await AliasAsync("info@own.example", "bob@own.example");
        var ute = await DomainAdminAsync("ute", "own.example");
        var before = await TablesAsync();

        AssertRefused(await RenameAsync(new() { Id = id, NewAddress = address }, ute), $"NewAddress:{code}");
        Assert.Equal(before, await TablesAsync());
    }

    /// <summary>Two admins move two mailboxes against each other, again and again: with one order of locks nobody waits in a circle.</summary>
    [MariaDbFact]
    public async Task Moves_against_each_other_all_arrive_and_the_counters_add_up()
    {
        await DomainAsync("a.example");
        await DomainAsync("b.example");
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add(await MailboxAsync($"m{i}@{(i % 2 == 0 ? "a" : "b")}.example", quota: 10));

        for (var round = 0; round < 4; round++)
        {
            var outcomes = await Task.WhenAll(ids.Select((id, i) => Task.Run(() => RenameAsync(
                new() { Id = id, NewAddress = $"m{i}@{((i + round) % 2 == 0 ? "b" : "a")}.example", KeepsOldAddress = false }))));
            Assert.All(outcomes, o => Done(o));
        }

        Assert.Equal("2\t0\t20\n2\t0\t20", await AskAsync("SELECT mailbox_count, alias_count, allocated_quota FROM domains"));
    }

    private Task<Outcome<Saved>> RenameAsync(RenameMailbox.Input input, Actor? actor = null) =>
        RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(input, actor ?? Superadmin, default));
}
