using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Forms of two people at once, without script: nobody's change is lost unseen, and nothing that was typed is.</summary>
public sealed class StaleFormTests
{
    private const string Bob = "/mailboxes/bob@example.org";

    [MariaDbFact]
    public async Task What_both_typed_is_shown_with_who_saved_it_and_both_changes_are_saved()
    {
        await using var panel = await WorldAsync();
        await panel.AddAccountAsync("eve", Panel.Password);
        var (mine, theirs) = (await panel.SignedInAsync(), await panel.SignedInAsync("eve", Panel.Password));
        var opened = await mine.GetAsync(Bob);
        await SaveAsync(theirs, await theirs.GetAsync(Bob), Bob, ("Input.DisplayName", "Theirs"), ("Input.Quota", "9 GB"));

        var stale = await SaveAsync(mine, opened, Bob, ("Input.DisplayName", "Mine <b>"), ("Input.Forwards", "bob@elsewhere.example"), ("Input.AllowsPop3", "false"));

        Assert.Equal(HttpStatusCode.OK, stale.Status);
        Assert.Contains("Somebody else changed this", stale.Problems, StringComparison.Ordinal);
        Assert.Equal(
            ["Name: Mine <b> / Theirs, asks", "Quota: 5 GB / 9 GB, keeps theirs", "Forward to: bob@elsewhere.example / ", "POP3: No / Yes"],
            Shown(stale).Select(f => f.Replace("POP3: fetch mail", "POP3", StringComparison.Ordinal)));
        Assert.Contains("eve", stale.Page.QuerySelector(".stale p")!.TextContent, StringComparison.Ordinal);

        var saved = await SaveAsync(mine, stale, Bob);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("Mine <b>\t9663676416\t0\tbob@elsewhere.example", await panel.SqlAsync(
            "SELECT m.display_name, m.quota_bytes, m.allows_pop3, d.address FROM mailboxes m JOIN destinations d ON d.address_id = m.address_id"));
    }

    [MariaDbFact]
    public async Task A_field_that_both_changed_is_saved_as_the_box_says()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();
        var opened = await browser.GetAsync(Bob);
        await SaveAsync(browser, opened, Bob, ("Input.DisplayName", "Theirs"));
        var stale = await SaveAsync(browser, opened, Bob, ("Input.DisplayName", "Mine"), ("Input.Quota", "6 GB"));

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, stale, Bob, ("Theirs", "DisplayName"))).Status);

        Assert.Equal("Theirs\t6442450944", await panel.SqlAsync("SELECT display_name, quota_bytes FROM mailboxes"));
    }

    /// <summary>The second look is overtaken as well, and then something typed is refused: what was typed is still there.</summary>
    [MariaDbFact]
    public async Task A_form_that_is_overtaken_twice_or_refused_afterwards_keeps_what_was_typed()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();
        var opened = await browser.GetAsync(Bob);
        await SaveAsync(browser, opened, Bob, ("Input.DisplayName", "First"));
        var stale = await SaveAsync(browser, opened, Bob, ("Input.DisplayName", "Mine"));
        await SaveAsync(browser, await browser.GetAsync(Bob), Bob, ("Input.DisplayName", "Second"));

        var again = await SaveAsync(browser, stale, Bob, ("Input.Quota", "lots"));
        Assert.Equal(("Mine", "lots"), (Value(again, "Input.DisplayName"), Value(again, "Input.Quota")));
        var last = await SaveAsync(browser, again, Bob, ("Input.Quota", "6 GB"));

        Assert.Equal(["Name: Mine / Second, asks", "Quota: 6 GB / 5 GB"], Shown(last));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, last, Bob)).Status);
        Assert.Equal("Mine\t6442450944", await panel.SqlAsync("SELECT display_name, quota_bytes FROM mailboxes"));
    }

    [MariaDbTheory]
    [InlineData(Bob, "Input.DisplayName")]
    [InlineData("/aliases/info@example.org", "Input.Comment")]
    [InlineData("/domains/example.org/edit", "Input.Description")]
    [InlineData("/relay-domains/relay.example/edit", "Input.Description")]
    [InlineData("/domain-templates/1", "Input.Description")]
    [InlineData("/admins/ute", "Input.DomainLimit")]
    [InlineData("/mail-server", "Input.UserConnections")]
    public async Task Every_form_with_a_version_shows_yours_and_theirs(string path, string field)
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();
        var opened = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, opened, path, (field, "7"))).Status);

        var stale = await SaveAsync(browser, opened, path, (field, "8"));

        Assert.EndsWith(": 8 / 7, asks", Assert.Single(Shown(stale)), StringComparison.Ordinal);
        Assert.Contains(Panel.Login, stale.Page.QuerySelector(".stale p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, stale, path)).Status);
        Assert.Equal("8", Value(await browser.GetAsync(path), field));
    }

    [MariaDbFact]
    public async Task Whoever_may_not_see_the_audit_is_not_told_who_it_was()
    {
        await using var panel = await WorldAsync();
        await panel.SqlAsync($"INSERT INTO domain_admins (account_id, domain_id, permissions) SELECT a.id, d.id, {(int)DomainPermissions.Mailboxes} FROM accounts a, domains d WHERE a.login = 'ute' AND d.name = 'example.org'");
        var (mine, theirs) = (await panel.SignedInAsync("ute", Panel.Password), await panel.SignedInAsync());
        var opened = await mine.GetAsync(Bob);
        await SaveAsync(theirs, await theirs.GetAsync(Bob), Bob, ("Input.DisplayName", "Theirs"));

        var stale = await SaveAsync(mine, opened, Bob, ("Input.DisplayName", "Mine"));

        Assert.Equal(["Name: Mine / Theirs, asks"], Shown(stale));
        Assert.DoesNotContain(Panel.Login, stale.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<Panel> WorldAsync()
    {
        var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("ute", Panel.Password, AccountKind.DomainAdmin);
        await panel.SqlAsync(
            $$"""
            INSERT INTO domains (name, kind, transport, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              VALUES ('example.org', 'hosted', 'lmtp', 1, 1, 1, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)), ('relay.example', 'relay', 'mx', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'bob@example.org', id, 'mailbox', 1 FROM domains WHERE name = 'example.org';
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'info@example.org', id, 'alias', 1 FROM domains WHERE name = 'example.org';
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, quota_bytes, keeps_copy, version, created_at, updated_at)
              SELECT id, kind, 'x', UTC_TIMESTAMP(6), 'h', 5368709120, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind = 'mailbox';
            INSERT INTO aliases (address_id, kind, version, created_at, updated_at) SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind = 'alias';
            INSERT INTO destinations (address_id, address, local_part, domain_name) SELECT id, 'x@elsewhere.example', 'x', 'elsewhere.example' FROM addresses WHERE kind = 'alias';
            INSERT INTO domain_templates (id, name, form, version, created_at, updated_at) VALUES (1, 'Gold', '{}', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.org', UTC_TIMESTAMP(6)), ('host_recipient', 'admin@example.net', UTC_TIMESTAMP(6))
            """);
        return panel;
    }

    /// <summary>"Label: mine / theirs", then whether a box asks about it and how it is set.</summary>
    private static IEnumerable<string> Shown(Answer answer) => answer.Page.QuerySelectorAll(".stale fieldset").Select(f =>
    {
        var values = f.QuerySelectorAll("dd").Select(d => d.TextContent).ToList();
        var box = f.QuerySelector<IHtmlInputElement>("input[name=Theirs]");
        return $"{f.QuerySelector("legend")!.TextContent}: {values[0]} / {values[1]}{(box is null ? "" : box.IsChecked ? ", keeps theirs" : ", asks")}";
    });

    private static string? Value(Answer answer, string field) => answer.Page.QuerySelector<IHtmlInputElement>($"input[name='{field}']")?.Value;

    /// <summary>Sends the page's form as a browser does, with some fields typed over; "Theirs" ticks a box more.</summary>
    private static Task<Answer> SaveAsync(Browser browser, Answer page, string path, params (string Name, string Value)[] typed)
    {
        var form = page.Page.QuerySelectorAll("main form[method=post]").Single(f => f.QuerySelector("input[name='Input.Version']") is not null);
        var standing = form.QuerySelectorAll("[name]").SelectMany(Browser.Sent);
        return browser.PostAsync(path, [.. standing.Where(f => f.Name == "Theirs" || typed.All(t => t.Name != f.Name)), .. typed]);
    }
}
