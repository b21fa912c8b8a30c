using System.Net;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Rules on their pages, without JavaScript: made, changed by two at once, moved, tried, deleted.</summary>
public sealed class FilterPageTests
{
    private const string Add = "/me/filters/add";

    [MariaDbFact]
    public async Task An_owner_makes_a_rule_tries_it_and_deletes_it()
    {
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);

        foreach (var (name, subject) in (IEnumerable<(string, string)>)[("<b>Käse</b>", "käse"), ("Second", "bill")])
            Assert.Equal("/me/filters", (await browser.SubmitAsync(Add, ("Input.Name", name), ("Input.Conditions[0].Part", "Subject"), ("Input.Conditions[0].Value", subject), ("Input.Folder", "Work/\"x\\"))).Location);
        var list = (await browser.GetAsync("/me/filters?subject=the+BILL")).Page;

        Assert.Equal(["<b>Käse</b>", "Second"], list.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
        Assert.Equal("If Subject contains “käse”: move to “Work/\"x\\”, pass over the rules below", list.QuerySelector("tbody th .muted")!.TextContent);
        Assert.StartsWith("Second", Assert.Single(list.QuerySelectorAll("#try li")).TextContent, StringComparison.Ordinal);
        Assert.Contains("fileinto :create \"Work/\\\"x\\\\\";", list.QuerySelector("details pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Käse", await panel.SqlAsync("SELECT name FROM mailbox_filters WHERE id = 1"), StringComparison.Ordinal);

        await browser.PostAsync("/me/filters?handler=Move", await browser.FormOfAsync("/me/filters", ("Input.Id", "2"), ("Input.IsEarlier", "true")));
        Assert.Equal(["Second", "<b>Käse</b>"], (await browser.GetAsync("/me/filters")).Page.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
        await browser.PostAsync("/me/filters/2?handler=Delete", await browser.FormOfAsync("/me/filters/2"));
        Assert.Equal("1", await panel.SqlAsync("SELECT GROUP_CONCAT(id) FROM mailbox_filters"));
        Assert.Contains("käse", (await browser.GetAsync("/export/me")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_owner_says_what_goes_to_Junk_where_the_server_has_a_spam_filter()
    {
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);
        Assert.Null((await browser.GetAsync("/me/filters")).Page.QuerySelector("#spam"));
        await panel.SqlAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('spam_filter', 'rspamd', NOW(6))");
        var before = (await browser.GetAsync("/me/filters")).Page;
        Assert.Equal("server", before.QuerySelector("#spam option[selected]")!.GetAttribute("value"));
        Assert.Empty(before.QuerySelectorAll("aside pre"));

        Assert.Equal("/me/filters", (await browser.PostAsync("/me/filters?handler=Spam", await browser.FormOfAsync("/me/filters", ("Spam.From", "4")))).Location);

        var after = (await browser.GetAsync("/me/filters")).Page;
        Assert.Equal("4", after.QuerySelector("#spam option[selected]")!.GetAttribute("value"));
        Assert.Contains("\"X-Spam-Level\" \"****\"", after.QuerySelector("aside pre")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("4\t1", await panel.SqlAsync("SELECT spam_from, (SELECT COUNT(*) FROM mailbox_scripts) FROM mailboxes"));
        Assert.Contains("\"spamFrom\": 4", (await browser.GetAsync("/export/me")).Text, StringComparison.Ordinal);
        Assert.Equal("{\"spamFrom\":null}\t{\"spamFrom\":4}", await panel.SqlAsync("SELECT `before`, `after` FROM audit_entries WHERE action = 'mailbox.set-spam-mark'"));
    }

    [MariaDbFact]
    public async Task Whoever_saves_second_sees_both_rules_and_decides()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var (owner, admin) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync());
        await owner.SubmitAsync(Add, ("Input.Name", "Rule"), ("Input.Conditions[0].Part", "Subject"), ("Input.Conditions[0].Value", "opened"), ("Input.Folder", "F"));
        var opened = (await owner.GetAsync("/me/filters/1")).Page.QuerySelector("input[name=Opened]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Redirect, (await admin.SubmitAsync($"/mailboxes/{Bob}/filters/1", ("Input.Conditions[0].Value", "theirs"), ("Input.Folder", "Theirs"))).Status);

        (string, string)[] mine = [("Input.Version", "1"), ("Opened", opened), ("Input.Conditions[0].Value", "opened"), ("Input.Folder", "Mine")];
        var both = await owner.SubmitAsync("/me/filters/1", mine);

        Assert.Equal(HttpStatusCode.OK, both.Status);
        Assert.Equal(["Conditions", "Folder"], both.Page.QuerySelectorAll(".stale legend").Select(l => l.TextContent));
        Assert.Contains("Subject contains “theirs”", both.Page.QuerySelector(".stale")!.TextContent, StringComparison.Ordinal);
        var version = both.Page.QuerySelector("input[name='Input.Version']")!.GetAttribute("value")!;
        Assert.Equal("/me/filters", (await owner.SubmitAsync("/me/filters/1", [("Input.Version", version), .. mine[1..], ("Theirs", "Conditions")])).Location);
        Assert.Equal("theirs\tMine", await panel.SqlAsync("SELECT JSON_VALUE(rule, '$.conditions[0].value'), JSON_VALUE(rule, '$.folder') FROM mailbox_filters"));
        Assert.Equal($"{Bob},{Panel.Login}", await panel.SqlAsync("SELECT GROUP_CONCAT(DISTINCT actor ORDER BY actor) FROM audit_entries WHERE action LIKE 'mailbox.%-filter'"));
    }
}
