using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What is deleted is as good as gone, and comes back as it was; or a sentence says what is in the way.</summary>
public sealed class RecycleBinTests(OperationsDatabase database) : RecycleBinTest(database)
{
    [MariaDbFact]
    public async Task A_deleted_mailbox_comes_back_to_the_byte()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org", 5_000_000_000, keepsCopy: false, "ann@elsewhere.example", "o'connor@elsewhere.example");
        await MailboxAsync("eve@example.org");
        await AliasAsync("info@example.org", "bob@example.org", "x@elsewhere.example");
        await AskAsync($"""
            UPDATE mailboxes SET display_name = 'B\\ob "x" 😀 <script> ‮', allowed_networks = '192.0.2.0/24', allows_pop3 = 0, password_changed_at = '2026-01-02 03:04:05.678901' WHERE id = {id};
            UPDATE addresses SET is_active = 0, active_from = '2026-01-01', is_internal = 1 WHERE address = 'bob@example.org';
            INSERT INTO send_as_grants SELECT {id}, 'sales@example.org', id FROM domains;
            INSERT INTO send_as_grants SELECT m.id, 'bob@example.org', d.id FROM domains d, mailboxes m WHERE m.id <> {id};
            INSERT INTO mailbox_usage VALUES ('bob@example.org', 12345, 6);
            INSERT INTO mailbox_logins VALUES ('bob@example.org', 'imap', 1700000000)
            """);
        var before = await TablesAsync() + await AskAsync("SELECT * FROM mailbox_logins");

        await DeleteMailboxAsync(id);

        Assert.Equal("eve@example.org\tmailbox\t1\ninfo@example.org\talias\t1\nbob@example.org\trecycled\t0", await AskAsync("SELECT address, kind, is_active FROM addresses ORDER BY is_active DESC, address"));
        Assert.Equal("1\t0\t0\t0", await AskAsync($"SELECT (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM send_as_grants), (SELECT COUNT(*) FROM mailbox_usage), (SELECT COUNT(*) FROM destinations d JOIN addresses a ON a.id = d.address_id WHERE a.kind = 'recycled')"));
        Assert.Equal("1\t0", await AskAsync("SELECT mailbox_count, allocated_quota FROM domains"));
        await AskAsync("INSERT INTO mailbox_usage VALUES ('bob@example.org', 1, 1)");

        Assert.Equal("bob@example.org", Done(await RestoreAsync("bob@example.org")).Name);

        Assert.Equal(before, await TablesAsync() + await AskAsync("SELECT * FROM mailbox_logins"));
        Assert.Equal("0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM recycled_items), (SELECT COUNT(*) FROM recycled_rows)"));
    }

    [MariaDbFact]
    public async Task Aliases_and_catch_alls_come_back_to_the_byte()
    {
        await DomainAsync("example.org");
        var alias = await AliasAsync("o'co+nn%or_@example.org", "a@elsewhere.example", "b@elsewhere.example");
        var catchAll = await AliasAsync("@example.org", "c@elsewhere.example");
        var before = await TablesAsync();

        await DeleteAliasAsync(alias);
        await DeleteAliasAsync(catchAll);
        Assert.Equal("0\t0\t0", await AskAsync("SELECT alias_count, (SELECT COUNT(*) FROM aliases), (SELECT COUNT(*) FROM destinations) FROM domains"));
        Done(await RestoreAsync("@example.org"));
        Done(await RestoreAsync("o'co+nn%or_@example.org"));

        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task An_address_in_the_bin_is_nobody_elses()
    {
        await DomainAsync("example.org");
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));
        var other = await MailboxAsync("eve@example.org");

        AssertRefused(
            await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "bob", Password = Password }, Superadmin, default)),
            "LocalPart:AddressInBin");
        AssertRefused(
            await RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "bob", Destinations = "x@elsewhere.example" }, Superadmin, default)),
            "LocalPart:AddressInBin");
        AssertRefused(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = other, NewAddress = "bob@example.org" }, Superadmin, default)), "NewAddress:AddressInBin");
        AssertRefused(await RunAsync<GrantSendAs, Outcome<Saved>>(o => o.RunAsync(new() { Id = other, Sender = "bob@example.org" }, Superadmin, default)), "Sender:AddressInBin");
    }

    [MariaDbFact]
    public async Task A_recipient_list_says_that_an_address_waits_in_the_bin()
    {
        var id = Done(await RunAsync<CreateRelayDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "relay.example" }, Superadmin, default))).Id;
        await DeleteAliasAsync(await AliasAsync("ann@relay.example", "x@elsewhere.example"));

        AssertRefused(await RunAsync<AddRelayRecipients, Outcome<RecipientChange>>(o => o.RunAsync(new() { DomainId = id, Recipients = "ann" }, Superadmin, default)), "Recipients:AddressInBin");
    }

    [MariaDbFact]
    public async Task A_domain_in_the_bin_keeps_its_name_and_cannot_be_assigned()
    {
        var id = await DomainAsync("example.org");
        await DeleteDomainAsync(await DomainAsync("gone.example"));

        AssertRefused(await RunAsync<RenameDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, NewName = "gone.example", ConfirmName = "example.org" }, Superadmin, default)), "NewName:DomainInBin");
        AssertRefused(await RunAsync<CreateAdmin, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { Login = "ute", Password = Password, Domains = ["gone.example"] }, Superadmin, default)), "Domains:DomainUnknown");
        Assert.Equal(["example.org"], (await RunAsync<DomainRows, IReadOnlyList<DomainName>>(r => r.AssignableNamesAsync(Superadmin, 10, default))).Select(n => n.Value));
    }

    [MariaDbFact]
    public async Task A_released_address_inherits_nothing_and_the_old_mailbox_waits_until_it_is_free()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org", 1000, true, "ann@elsewhere.example");
        await AskAsync("INSERT INTO mailbox_usage VALUES ('bob@example.org', 12345, 6)");
        var before = await TablesAsync();
        await DeleteMailboxAsync(id);

        Done(await ReleaseAsync("bob@example.org"));
        AssertRefused(await ReleaseAsync("bob@example.org"), ":NothingToRelease");
        var heir = Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "bob", Password = Password }, Superadmin, default)));

        Assert.Equal("0\t0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM destinations), (SELECT COUNT(*) FROM mailbox_usage), (SELECT COUNT(*) FROM mailboxes WHERE home IN (SELECT home FROM recycled_items))"));
        AssertRefused(await RestoreAsync("bob@example.org"), ":AddressTakenMeanwhile");
        Done(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = heir.Id, NewAddress = "bob2@example.org", KeepsOldAddress = false }, Superadmin, default)));
        Done(await RestoreAsync("bob@example.org"));
        await AskAsync("DELETE FROM addresses WHERE address = 'bob2@example.org'; UPDATE domains SET mailbox_count = 1");
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task What_is_in_the_way_is_named_and_nothing_changes()
    {
        var domain = await DomainAsync("example.org", mailboxLimit: 1, aliasLimit: 1, quotaLimit: 100);
        await DomainAsync("other.example");
        var bob = await MailboxAsync("bob@example.org", 60);
        await DeleteMailboxAsync(bob);
        await MailboxAsync("eve@example.org", 60);
        var info = await AliasAsync("info@example.org", "back@other.example");
        await DeleteAliasAsync(info);
        await AliasAsync("back@other.example", "info@example.org");
        var before = await TablesAsync();

        AssertRefused(await RestoreAsync("bob@example.org"), ":MailboxLimitReached", ":QuotaLimitReached");
        AssertRefused(await RestoreAsync("info@example.org"), ":AliasLoop");
        Assert.Equal(before, await TablesAsync());
        await DeleteDomainAsync(domain);
        AssertRefused(await RestoreAsync("bob@example.org"), ":DomainInBinFirst");
        AssertRefused(await ReleaseAsync("bob@example.org"), ":DomainInBinKeepsIt");
    }

    [MariaDbFact]
    public async Task A_domain_comes_back_with_all_that_went_with_it_and_nothing_else()
    {
        var id = await DomainAsync("example.org", mailboxLimit: 5, isActive: true);
        await DomainAsync("other.example");
        await AliasDomainAsync("also.example", "example.org");
        await MailboxAsync("bob@example.org", 1000, true, "x@elsewhere.example");
        await MailboxAsync("guest@other.example");
        await AliasAsync("info@example.org", "bob@example.org");
        await AliasAsync("@example.org", "bob@example.org");
        await AliasAsync("out@other.example", "bob@also.example");
        await DomainAdminAsync("ute", "example.org");
        await AskAsync("""
            INSERT INTO send_as_grants SELECT m.id, 'bob@example.org', a.domain_id FROM mailboxes m JOIN addresses g ON g.id = m.address_id AND g.address = 'guest@other.example', addresses a WHERE a.address = 'bob@example.org';
            INSERT INTO send_as_grants SELECT m.id, '@also.example', d.id FROM mailboxes m JOIN addresses g ON g.id = m.address_id AND g.address = 'guest@other.example', domains d WHERE d.name = 'also.example';
            INSERT INTO mailbox_usage VALUES ('bob@example.org', 12345, 6);
            UPDATE addresses SET is_active = 0 WHERE address = 'info@example.org'
            """);
        await DeleteMailboxAsync(await MailboxAsync("alone@example.org"));
        var before = await ContentAsync();

        await DeleteDomainAsync(id);

        Assert.Equal("also.example\trecycled\t0\nexample.org\trecycled\t0\nother.example\thosted\t1", await AskAsync("SELECT name, kind, is_active FROM domains ORDER BY name"));
        Assert.Equal("1\t0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM send_as_grants), (SELECT COUNT(*) FROM domain_admins)"));
        AssertRefused(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "also.example" }, Superadmin, default)), "Name:DomainInBin");
        var page = await RunAsync<RecycledItemRows, RowPage<RecycledItemRow>>(r => r.PageAsync(new PageRequest(), Superadmin, default));
        Assert.Equal(["example.org 12345 1 2", "alone@example.org 0 0 0"], page.Rows.Select(r => $"{r.Name} {r.Bytes} {r.MailboxCount} {r.AliasCount}"));

        Done(await RestoreAsync("example.org"));

        Assert.Equal(before, await ContentAsync());
        Assert.Equal("alone@example.org", await AskAsync("SELECT name FROM recycled_items"));
    }

    [MariaDbFact]
    public async Task A_grant_between_two_things_in_the_bin_comes_back_with_the_last_of_them()
    {
        await DomainAsync("example.org");
        var (bob, eve) = (await MailboxAsync("bob@example.org"), await MailboxAsync("eve@example.org"));
        await AskAsync($"INSERT INTO send_as_grants SELECT {eve}, 'bob@example.org', id FROM domains");
        var before = await TablesAsync();

        foreach (var first in (string[])["bob@example.org", "eve@example.org"])
        {
            await DeleteMailboxAsync(bob);
            await DeleteMailboxAsync(eve);
            Done(await RestoreAsync(first));
            Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM send_as_grants"));
            Done(await RestoreAsync(first[0] == 'b' ? "eve@example.org" : "bob@example.org"));
            Assert.Equal(before, await TablesAsync());
        }
    }

    [MariaDbFact]
    public async Task Whoever_may_delete_it_may_restore_it_and_nobody_else_knows_of_it()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");
        var (own, foreign) = (await DomainAdminAsync("own", "example.org"), await DomainAdminAsync("other", "other.example"));
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));
        var id = await ItemAsync("bob@example.org");

        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<RestoreItem, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, foreign, default)));
        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<ReleaseAddress, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, foreign, default)));
        Assert.Empty((await RunAsync<RecycledItemRows, RowPage<RecycledItemRow>>(r => r.PageAsync(new PageRequest(), foreign, default))).Rows);
        Done(await RunAsync<RestoreItem, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, own, default)));
    }

    /// <summary>A row that was put away before a column was there comes back with the column's default.</summary>
    [MariaDbFact]
    public async Task A_row_that_is_older_than_a_column_comes_back_with_its_default()
    {
        await DomainAsync("example.org");
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));
        await AskAsync("UPDATE recycled_rows SET content = JSON_REMOVE(content, '$.allows_imap') WHERE table_name = 'mailboxes'");

        Done(await RestoreAsync("bob@example.org"));

        Assert.Equal("1", await AskAsync("SELECT allows_imap FROM mailboxes"));
    }

    // All but versions and times of domains, which a deletion and a restore change.
    private async Task<string> ContentAsync() => string.Join('\n', await Task.WhenAll(
        new[] { "id, name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota FROM domains", "* FROM addresses", "* FROM mailboxes", "* FROM aliases", "* FROM destinations", "* FROM send_as_grants", "* FROM mailbox_usage", "* FROM domain_admins" }
            .Select(t => AskAsync($"SELECT {t} ORDER BY 1, 2"))));
}
