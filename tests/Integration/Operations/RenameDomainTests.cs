using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class RenameDomainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task Everything_that_holds_the_old_name_has_the_new_one_afterwards()
    {
        await WorldAsync();
        var before = await AskAsync("SELECT home, password_hash FROM mailboxes ORDER BY home");

        Done(await RenameAsync(new() { NewName = "M\u00fcnchen.example", KeepsOldName = false }));

        Assert.Equal("foreign.example\thosted\nown-alias.example\talias\nxn--mnchen-3ya.example\thosted", await AskAsync("SELECT name, kind FROM domains ORDER BY name"));
        Assert.Equal(
            "@xn--mnchen-3ya.example\nbob@xn--mnchen-3ya.example\neve@foreign.example\nfar@foreign.example\ninfo@xn--mnchen-3ya.example",
            await AskAsync("SELECT address FROM addresses ORDER BY address"));
        Assert.Equal(
            "@xn--mnchen-3ya.example\tbob@xn--mnchen-3ya.example\neve@foreign.example\tbob+lists@xn--mnchen-3ya.example\nfar@foreign.example\tbob@own-alias.example\nfar@foreign.example\tbob@xn--mnchen-3ya.example\ninfo@xn--mnchen-3ya.example\tbob@xn--mnchen-3ya.example",
            await AskAsync("SELECT a.address, x.address FROM addresses a JOIN destinations x ON x.address_id = a.id ORDER BY a.address, x.address"));
        Assert.Equal("bob+lists\txn--mnchen-3ya.example", await AskAsync("SELECT local_part, domain_name FROM destinations WHERE address LIKE 'bob+%'"));
        Assert.Equal("bob@xn--mnchen-3ya.example\t10\t1", await AskAsync("SELECT address, bytes, messages FROM mailbox_usage"));
        Assert.Equal("bob@xn--mnchen-3ya.example\t5", await AskAsync("SELECT address, seconds FROM mailbox_logins"));
        Assert.Equal("@xn--mnchen-3ya.example\nsales@xn--mnchen-3ya.example", await AskAsync("SELECT address FROM send_as_grants ORDER BY address"));
        Assert.Equal(before, await AskAsync("SELECT home, password_hash FROM mailboxes ORDER BY home"));
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM domain_admins g JOIN domains d ON d.id = g.domain_id WHERE d.name LIKE 'xn--%'"));
    }

    [MariaDbFact]
    public async Task The_old_name_stays_as_an_alias_domain_with_the_rights_to_send_as_it()
    {
        await WorldAsync();

        Done(await RenameAsync(new() { NewName = "new.example" }));

        Assert.Equal("alias\tnew.example\t1", await AskAsync("SELECT d.kind, t.name, d.is_active FROM domains d JOIN domains t ON t.id = d.target_id WHERE d.name = 'old.example'"));
        Assert.Equal(
            "@new.example\tnew.example\n@old.example\told.example\nsales@new.example\tnew.example\nsales@old.example\told.example",
            await AskAsync("SELECT g.address, d.name FROM send_as_grants g JOIN domains d ON d.id = g.domain_id ORDER BY g.address"));
    }

    [MariaDbFact]
    public async Task It_can_be_renamed_back_once_the_alias_domain_is_gone()
    {
        await WorldAsync();
        var before = await AskAsync("SELECT address FROM addresses ORDER BY id; SELECT address FROM destinations WHERE domain_name <> 'own-alias.example' ORDER BY address_id, address; SELECT address, bytes FROM mailbox_usage");

        Done(await RenameAsync(new() { NewName = "new.example", KeepsOldName = false }));
        Done(await RenameAsync(new() { NewName = "old.example", KeepsOldName = false }, from: "new.example"));

        Assert.Equal(before, await AskAsync("SELECT address FROM addresses ORDER BY id; SELECT address FROM destinations WHERE domain_name <> 'own-alias.example' ORDER BY address_id, address; SELECT address, bytes FROM mailbox_usage"));
    }

    [MariaDbFact]
    public async Task Both_names_find_the_renaming_in_the_audit_list()
    {
        await WorldAsync();

        Done(await RenameAsync(new() { NewName = "new.example" }));

        Assert.Equal(
            "domain.rename\told.example\told.example\tnew.example\ndomain.rename\tnew.example\told.example\tnew.example",
            await AskAsync("SELECT action, subject, JSON_VALUE(`before`, '$.name'), JSON_VALUE(`after`, '$.name') FROM audit_entries ORDER BY id"));
    }

    [MariaDbFact]
    public async Task Every_row_that_changes_has_another_version_and_no_other_row()
    {
        await WorldAsync();
        await AliasAsync("apart@foreign.example", "x@y.example");
        var before = await VersionsAsync();

        Done(await RenameAsync(new() { NewName = "new.example" }));

        var changed = (await VersionsAsync()).Where(v => before[v.Key] != v.Value).ToDictionary(v => v.Key, v => v.Value - before[v.Key]);
        // Each once: three of its own, two elsewhere with a destination in it, and the domain.
        Assert.Equal(["alias 1", "alias 1", "alias 1", "domain 1", "mailbox 1", "mailbox 1"], changed.Select(c => $"{c.Key.Split(' ')[0]} {c.Value}").Order());
    }

    /// <summary>The new name was somebody else's until now, and an alias led to itself there.</summary>
    [MariaDbFact]
    public async Task Mail_that_would_go_in_a_circle_under_the_new_name_stops_the_renaming()
    {
        await WorldAsync();
        await AliasAsync("press@old.example", "press@new.example");
        var before = await TablesAsync();

        AssertRefused(await RenameAsync(new() { NewName = "new.example" }), "NewName:AliasLoop");
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task Whoever_led_to_both_names_leads_to_the_new_one_once()
    {
        await WorldAsync();
        await AliasAsync("both@foreign.example", "bob@old.example", "bob@new.example");

        Done(await RenameAsync(new() { NewName = "new.example" }));

        Assert.Equal("bob@new.example", await AskAsync("SELECT x.address FROM addresses a JOIN destinations x ON x.address_id = a.id WHERE a.address = 'both@foreign.example'"));
    }

    [MariaDbFact]
    public async Task Leavings_under_the_new_name_are_nobodys()
    {
        await WorldAsync();
        await AskAsync("INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('bob@new.example', 99, 9); INSERT INTO mailbox_logins (address, service, seconds) VALUES ('bob@new.example', 'imap', 99), ('bob@new.example', 'pop3', 99)");

        Done(await RenameAsync(new() { NewName = "new.example" }));

        Assert.Equal("bob@new.example\t10", await AskAsync("SELECT address, bytes FROM mailbox_usage"));
        Assert.Equal("imap\t5", await AskAsync("SELECT service, seconds FROM mailbox_logins"));
    }

    [MariaDbTheory]
    [InlineData("", "old.example", "NewName:DomainEmpty")]
    [InlineData("localhost", "old.example", "NewName:DomainSingleLabel")]
    [InlineData("a b.example", "old.example", "NewName:DomainCharacter")]
    [InlineData("OLD.example", "old.example", "NewName:DomainNameUnchanged")]
    [InlineData("foreign.example", "old.example", "NewName:DomainTaken")]
    [InlineData("own-alias.example", "old.example", "NewName:DomainTaken")]
    [InlineData("new.example", "old.exampel", "ConfirmName:ConfirmNameDiffers")]
    [InlineData("new.example", "", "ConfirmName:ConfirmNameDiffers")]
    public async Task What_cannot_be_is_named_and_nothing_changes(string name, string typed, string problem)
    {
        await WorldAsync();
        var before = await TablesAsync();

        AssertRefused(await RenameAsync(new() { NewName = name }, typed: typed), problem);
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task A_plan_that_is_no_longer_true_is_refused()
    {
        await WorldAsync();
        var plan = (await PlanAsync("old.example"))!;
        await MailboxAsync("later@old.example");

        AssertRefused(
            await RunAsync<RenameDomain, Outcome<Saved>>(o => o.RunAsync(
                new() { Id = plan.Id, NewName = "new.example", ConfirmName = "old.example", Plan = plan.Fingerprint() }, Superadmin, default)),
            ":PlanChanged");
    }

    [MariaDbFact]
    public async Task A_domain_admin_and_a_domain_of_another_kind_find_nothing()
    {
        await WorldAsync();
        var ute = await DomainAdminAsync("ute2", "old.example");
        var plan = (await PlanAsync("old.example"))!;
        Assert.Equal((1, 2, 2, 2), (plan.MailboxCount, plan.AliasCount, plan.ForwardCount, plan.GrantCount));

        Assert.Null(await RunAsync<RenameDomain, DomainRenaming?>(o => o.PlanAsync(DomainName.Parse("old.example"), ute, default)));
        Assert.Null(await PlanAsync("own-alias.example"));
        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<RenameDomain, Outcome<Saved>>(o => o.RunAsync(
            new() { Id = plan.Id, NewName = "new.example", ConfirmName = "old.example", Plan = plan.Fingerprint() }, ute, default)));
    }

    /// <summary>A statement for each table, whatever the number of rows: this is about finishing at all, not about time.</summary>
    [MariaDbFact]
    public async Task A_domain_of_20000_mailboxes_moves_in_one_piece()
    {
        await using (var connection = new MariaDbConnection(Database.ConnectionString))
        {
            await connection.OpenAsync();
            await MailSeed.FillAsync(connection, domains: 1, mailboxes: 10, inBigDomain: 20_000, aliases: 100);
        }
        await AskAsync("INSERT INTO mailbox_usage (address, bytes, messages) SELECT address, 1, 1 FROM addresses WHERE address LIKE '%@big.example'");

        Done(await RenameAsync(new() { NewName = "bigger.example" }, from: "big.example"));

        Assert.Equal("20000\t20000\t0", await AskAsync(
            "SELECT (SELECT COUNT(*) FROM addresses WHERE address LIKE '%@bigger.example'), (SELECT COUNT(*) FROM mailbox_usage WHERE address LIKE '%@bigger.example'), (SELECT COUNT(*) FROM addresses WHERE address LIKE '%@big.example')"));
    }

    /// <summary>old.example with a mailbox, an alias, a catch-all and an alias domain; two foreign addresses that lead into it.</summary>
    private async Task WorldAsync()
    {
        await DomainAsync("old.example");
        await DomainAsync("foreign.example");
        await AliasDomainAsync("own-alias.example", "old.example");
        await MailboxAsync("bob@old.example");
        await MailboxAsync("eve@foreign.example", forwards: "bob+lists@old.example");
        await AliasAsync("info@old.example", "bob@old.example");
        await AliasAsync("@old.example", "bob@old.example");
        await AliasAsync("far@foreign.example", "bob@old.example", "bob@own-alias.example");
        await DomainAdminAsync("ute", "old.example");
        await AskAsync("""
            INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('bob@old.example', 10, 1);
            INSERT INTO mailbox_logins (address, service, seconds) VALUES ('bob@old.example', 'imap', 5);
            INSERT INTO send_as_grants (mailbox_id, address, domain_id)
              SELECT m.id, g.address, d.id FROM mailboxes m JOIN addresses a ON a.id = m.address_id AND a.address = 'eve@foreign.example', domains d,
                (SELECT 'sales@old.example' AS address UNION SELECT '@old.example') g WHERE d.name = 'old.example'
            """);
    }

    private async Task<Dictionary<string, long>> VersionsAsync() =>
        (await AskAsync("SELECT CONCAT('mailbox ', id), version FROM mailboxes UNION ALL SELECT CONCAT('alias ', id), version FROM aliases UNION ALL SELECT CONCAT('domain ', id), version FROM domains WHERE name <> 'old.example' OR kind = 'hosted'"))
        .Split('\n').Select(l => l.Split('\t')).ToDictionary(f => f[0], f => long.Parse(f[1], CultureInfo.InvariantCulture));

    private Task<DomainRenaming?> PlanAsync(string name) => RunAsync<RenameDomain, DomainRenaming?>(o => o.PlanAsync(DomainName.Parse(name), Superadmin, default));

    private async Task<Outcome<Saved>> RenameAsync(RenameDomain.Input input, string from = "old.example", string? typed = null)
    {
        var plan = (await PlanAsync(from))!;
        return await RunAsync<RenameDomain, Outcome<Saved>>(o => o.RunAsync(
            input with { Id = plan.Id, ConfirmName = typed ?? from, Plan = plan.Fingerprint() }, Superadmin, default));
    }
}
