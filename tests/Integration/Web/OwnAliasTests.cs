using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Owners make addresses of their own, within their domain's limits, and none that means somebody else.</summary>
public sealed class OwnAliasTests
{
    private const string List = "/me/aliases";

    [MariaDbFact]
    public async Task An_owner_makes_an_address_switches_it_off_and_deletes_it_for_good()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);

        var made = await owner.SubmitAsync($"{List}/add", ("Input.Word", "shop"), ("Input.Comment", "Shoes <b>"));
        var address = await panel.SqlAsync("SELECT address FROM addresses WHERE kind = 'alias'");
        var id = await panel.SqlAsync("SELECT id FROM aliases");
        Assert.Equal(List, made.Location);
        Assert.Matches("^shop[.][a-z2-9]{5}@example.org$", address);
        Assert.Equal($"{Bob}\t1\t1", await panel.SqlAsync("SELECT d.address, a.is_active, (SELECT alias_count FROM domains) FROM addresses a JOIN destinations d ON d.address_id = a.id"));
        Assert.Contains("Shoes &lt;b&gt;", (await owner.GetAsync(List)).Text, StringComparison.Ordinal);
        Assert.Contains(address, (await owner.GetAsync("/export/me")).Text, StringComparison.Ordinal);

        await owner.SubmitAsync($"{List}/{id}", ("Input.IsActive", "false"));
        Assert.Equal("0", await panel.SqlAsync("SELECT is_active FROM addresses WHERE kind = 'alias'"));

        await owner.PostAsync($"{List}/{id}?handler=Delete", await owner.FormOfAsync(List + "/add"));
        Assert.Equal("0\t0\t0", await panel.SqlAsync("SELECT (SELECT COUNT(*) FROM aliases), (SELECT alias_count FROM domains), (SELECT COUNT(*) FROM recycled_items)"));
        Assert.Equal("alias.create\nalias.update\nalias.delete", await panel.SqlAsync("SELECT action FROM audit_entries WHERE action LIKE 'alias%' ORDER BY id"));
    }

    [MariaDbTheory]
    [InlineData("postmaster")]
    [InlineData("ceo")]
    [InlineData("admin")]
    [InlineData("ann")]
    public async Task No_word_makes_the_name_of_somebody_or_something_in_the_house(string word)
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);

        await owner.SubmitAsync($"{List}/add", ("Input.Word", word));

        Assert.Equal("0", await panel.SqlAsync($"SELECT COUNT(*) FROM addresses WHERE address = '{word}@example.org'"));
        Assert.Matches($"^{word}[.][a-z2-9]{{5}}@example.org$", await panel.SqlAsync("SELECT address FROM addresses WHERE kind = 'alias'"));
    }

    [MariaDbFact]
    public async Task The_limits_of_owner_and_domain_hold_when_two_come_at_once()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync("UPDATE domains SET own_alias_limit = 3");
        var owner = await panel.SignedInAsync(Bob);
        var form = await owner.FormOfAsync($"{List}/add", ("Input.Word", "x"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => owner.PostAsync($"{List}/add", form)));

        Assert.Equal("3\t3", await panel.SqlAsync("SELECT COUNT(*), (SELECT alias_count FROM domains) FROM aliases"));
        Assert.Empty((await owner.GetAsync(List)).Page.QuerySelectorAll($"main a[href='{List}/add']"));
        await panel.SqlAsync("UPDATE domains SET own_alias_limit = NULL, alias_limit = 3");
        Assert.Contains("3", (await owner.PostAsync($"{List}/add", form)).Problems, StringComparison.Ordinal);
        Assert.Equal("3", await panel.SqlAsync("SELECT COUNT(*) FROM aliases"));
    }

    [MariaDbFact]
    public async Task An_owner_reaches_no_alias_of_another_owner_or_of_an_admin()
    {
        await using var panel = await StartAsync();
        await panel.AddMailboxAsync(2, "ann@example.org");
        await panel.SqlAsync("""
            INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES (50, 'sales@example.org', 1, 'alias', 1), (51, 'shop.aaaaa@example.org', 1, 'alias', 1);
            INSERT INTO aliases (id, address_id, kind, owner_address_id, version, created_at, updated_at) VALUES (50, 50, 'alias', NULL, 1, NOW(6), NOW(6)), (51, 51, 'alias', 2, 1, NOW(6), NOW(6));
            INSERT INTO destinations (address_id, address, local_part, domain_name) VALUES (50, 'bob@example.org', 'bob', 'example.org'), (51, 'ann@example.org', 'ann', 'example.org')
            """);
        var owner = await panel.SignedInAsync(Bob);
        var form = await owner.FormOfAsync($"{List}/add", ("Input.Version", "1"), ("Input.IsActive", "false"));

        foreach (var id in new[] { 50, 51, 99 })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"{List}/{id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsync($"{List}/{id}", form)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsync($"{List}/{id}?handler=Delete", form)).Status);
        }
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM addresses WHERE kind = 'alias' AND is_active = 1"));
    }

    [MariaDbFact]
    public async Task Without_the_right_there_is_no_page_and_what_was_made_stays()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        await owner.SubmitAsync($"{List}/add", ("Input.Word", "shop"));

        await panel.SqlAsync($"UPDATE domains SET owner_rights = {(int)OwnerRights.Usual}");

        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(List)).Status);
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM addresses WHERE kind = 'alias' AND is_active = 1"));
    }

    [MariaDbFact]
    public async Task A_mailbox_that_is_deleted_and_restored_keeps_its_addresses()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await (await panel.SignedInAsync(Bob)).SubmitAsync($"{List}/add", ("Input.Word", "shop"));
        var admin = await panel.SignedInAsync();

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        await admin.SubmitAsync($"/recycle-bin/{await panel.SqlAsync("SELECT id FROM recycled_items")}");

        Assert.Contains("shop.", (await (await panel.SignedInAsync(Bob)).GetAsync(List)).Page.QuerySelector("main tbody")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The attack: wait for the name of somebody who left, and read what shops write to the addresses of that one.</summary>
    [MariaDbTheory]
    [InlineData("release")]
    [InlineData("purge")]
    public async Task Whoever_has_the_mailboxs_name_next_gets_no_mail_of_these_addresses(string how)
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await (await panel.SignedInAsync(Bob)).SubmitAsync($"{List}/add", ("Input.Word", "shop"));
        await panel.SqlAsync("""
            INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES (70, 'sales@example.org', 1, 'alias', 1);
            INSERT INTO aliases (id, address_id, kind, version, created_at, updated_at) VALUES (70, 70, 'alias', 1, NOW(6), NOW(6));
            INSERT INTO destinations (address_id, address, local_part, domain_name) VALUES (70, 'bob@example.org', 'bob', 'example.org');
            UPDATE domains SET alias_count = 2
            """);
        var admin = await panel.SignedInAsync();
        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        var item = $"/recycle-bin/{await panel.SqlAsync("SELECT id FROM recycled_items")}";
        Assert.Equal("1", await panel.SqlAsync("SELECT is_active FROM addresses WHERE address LIKE 'shop.%'"));

        if (how == "release") await admin.PostAsync($"{item}?handler=Release", await admin.FormOfAsync(item));
        else await admin.SubmitAsync($"{item}/purge", ("Input.ConfirmName", Bob));
        await panel.AddMailboxAsync(80, Bob);

        // What an admin made for the house still leads to the name; the plan of the deletion said so.
        Assert.Equal("sales@example.org\t1", await panel.SqlAsync("SELECT address, is_active FROM addresses WHERE kind = 'alias' AND address NOT LIKE 'shop.%'"));
        Assert.Equal("0\t2", await panel.SqlAsync("SELECT a.is_active, l.version FROM addresses a JOIN aliases l ON l.address_id = a.id WHERE a.address LIKE 'shop.%'"));
        Assert.Equal($"alias.set-active\t{Panel.Login}", await panel.SqlAsync("SELECT action, actor FROM audit_entries WHERE subject LIKE 'shop.%' ORDER BY id DESC LIMIT 1"));
        Assert.Empty((await (await panel.SignedInAsync(Bob)).GetAsync(List)).Page.QuerySelectorAll("main tbody tr"));
    }

    [MariaDbFact]
    public async Task An_admin_sees_whose_it_is_and_changes_it_as_any_other()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await (await panel.SignedInAsync(Bob)).SubmitAsync($"{List}/add", ("Input.Word", "shop"));
        var (admin, address) = (await panel.SignedInAsync(), await panel.SqlAsync("SELECT address FROM addresses WHERE kind = 'alias'"));

        Assert.NotEmpty((await admin.GetAsync($"/aliases/{address}")).Page.QuerySelectorAll($"aside a[href='/mailboxes/{Bob}']"));
        var page = await admin.GetAsync($"/aliases/{address}");
        await admin.PostAsync($"/aliases/{address}", [.. page.Page.QuerySelectorAll("main form:not(.page-actions *) [name]").Where(e => e.GetAttribute("name") != "Input.Comment").SelectMany(Browser.Sent), ("Input.Comment", "For the fair")]);

        Assert.Contains("For the fair", (await (await panel.SignedInAsync(Bob)).GetAsync(List)).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Without_a_limit_of_the_domain_the_500th_is_the_last_and_the_oldest_still_opens()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync($"""
            UPDATE domains SET own_alias_limit = NULL;
            INSERT INTO addresses (id, address, domain_id, kind, is_active) SELECT 1000 + seq, CONCAT('s', seq, '@example.org'), 1, 'alias', 1 FROM seq_1_to_499;
            INSERT INTO aliases (id, address_id, kind, owner_address_id, version, created_at, updated_at)
            SELECT a.id, a.id, 'alias', (SELECT id FROM addresses WHERE address = '{Bob}'), 1, NOW(6), NOW(6) FROM addresses a WHERE a.id > 1000;
            INSERT INTO destinations (address_id, address, local_part, domain_name) SELECT id, '{Bob}', 'bob', 'example.org' FROM addresses WHERE id > 1000
            """);
        var owner = await panel.SignedInAsync(Bob);
        var form = await owner.FormOfAsync($"{List}/add", ("Input.Word", "x"));

        await owner.PostAsync($"{List}/add", form);
        var refused = await owner.PostAsync($"{List}/add", form);

        Assert.Contains("500", refused.Problems, StringComparison.Ordinal);
        Assert.Equal("500", await panel.SqlAsync("SELECT COUNT(*) FROM aliases"));
        Assert.Equal(500, (await owner.GetAsync(List)).Page.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains("s1@example.org", (await owner.GetAsync($"{List}/1001")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_domain_admin_does_not_see_an_owner_in_a_domain_of_somebody_else()
    {
        await using var panel = await StartAsync();
        await (await panel.SignedInAsync(Bob)).SubmitAsync($"{List}/add", ("Input.Word", "shop"));
        var account = await panel.AddAccountAsync("ute", Panel.Password, AccountKind.DomainAdmin);
        await panel.SqlAsync($"INSERT INTO domain_admins (account_id, domain_id, permissions) VALUES ({account}, 1, {(int)DomainPermissions.All})");
        var (admin, page) = (await panel.SignedInAsync("ute"), $"/aliases/{await panel.SqlAsync("SELECT address FROM addresses WHERE kind = 'alias'")}");
        Assert.NotEmpty((await admin.GetAsync(page)).Page.QuerySelectorAll($"aside a[href='/mailboxes/{Bob}']"));

        await panel.SqlAsync($"""
            INSERT INTO domains (id, name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES (2, 'foreign.example', 'hosted', 1, 0, 0, 0, 1, NOW(6), NOW(6));
            UPDATE addresses SET address = 'bob@foreign.example', domain_id = 2 WHERE address = '{Bob}'
            """);

        Assert.DoesNotContain("foreign.example", (await admin.GetAsync(page)).Page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<Panel> StartAsync()
    {
        var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync($"UPDATE domains SET owner_rights = {(int)OwnerRights.All}, own_alias_limit = 5");
        return panel;
    }
}
