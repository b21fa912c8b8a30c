using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What a list without rows offers: only what whoever reads it can do.</summary>
public sealed class EmptyListTests
{
    private const string Add = "a[href='/mailboxes/add'], a[href='/aliases/add'], a[href='/domains/add']";

    [MariaDbTheory]
    [InlineData("/")]
    [InlineData("/domains")]
    [InlineData("/mailboxes")]
    [InlineData("/mailboxes?q=bob")]
    [InlineData("/mailboxes/add")]
    [InlineData("/aliases")]
    [InlineData("/aliases?q=bob")]
    [InlineData("/aliases/add")]
    public async Task A_domain_admin_without_a_domain_is_offered_nothing_that_cannot_work(string path)
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync("ute", Panel.Password, AccountKind.DomainAdmin);
        var browser = await panel.SignedInAsync("ute");

        var page = (await browser.GetAsync(path)).Page;

        Assert.Empty(page.QuerySelectorAll(Add));
        if (path.Contains('?', StringComparison.Ordinal)) return;
        Assert.Equal("No domain is assigned to you", page.QuerySelector(".empty h2")!.TextContent);
        Assert.StartsWith("Ask a superadmin for a domain.", page.QuerySelector(".empty p")!.TextContent, StringComparison.Ordinal);
    }

    [MariaDbTheory]
    [InlineData("/mailboxes")]
    [InlineData("/mailboxes/add")]
    [InlineData("/aliases")]
    [InlineData("/aliases/add")]
    public async Task A_superadmin_without_a_domain_is_led_to_adding_one(string path)
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();

        var page = (await browser.GetAsync(path)).Page;

        Assert.Equal("Add a domain first", page.QuerySelector(".empty h2")!.TextContent);
        Assert.Equal(["/domains/add"], page.QuerySelectorAll(Add).Select(a => a.GetAttribute("href")));
    }

    [MariaDbTheory]
    [InlineData("/mailboxes", "Add mailbox")]
    [InlineData("/aliases", "Add alias")]
    public async Task A_domain_admin_whose_domain_is_empty_may_add(string path, string action)
    {
        await using var panel = await Panel.StartAsync();
        var account = await panel.AddAccountAsync("ute", Panel.Password, AccountKind.DomainAdmin);
        await panel.SqlAsync(
            $"""
            INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            VALUES ('own.example', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO domain_admins (account_id, domain_id) SELECT {account}, id FROM domains
            """);
        var browser = await panel.SignedInAsync("ute");

        var page = (await browser.GetAsync(path)).Page;

        Assert.Equal([action], page.QuerySelectorAll(Add).Select(a => a.TextContent.Trim()));
    }
}
