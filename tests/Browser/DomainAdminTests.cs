using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>A domain admin's panel: the assigned domains, and no word of others.</summary>
[Collection("panel")]
public sealed class DomainAdminTests(PanelsAndBrowser panels)
{
    [BrowserFact]
    public async Task A_domain_admin_sees_the_assigned_domains_only()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, "dora");
        await Pictures.TakeAsync(page, watcher, "domain-admin-overview");
        Assert.Equal(["Overview", "Domains", "Mailboxes", "Aliases", "Alias domains", "Relay domains", "Explain", "Jobs", "Recycle bin", "Audit"], await page.Locator(".rail .places a").AllInnerTextsAsync());

        await page.GotoAsync($"{panel.Url}/domains");
        Assert.Equal(["example.org"], await page.Locator("tbody th > a:first-child").AllInnerTextsAsync());
        Assert.Equal(0, await page.GetByText("Add domain").CountAsync());
        await Pictures.TakeAsync(page, watcher, "domain-admin-domains");

        await page.GotoAsync($"{panel.Url}/domains/example.org");
        Assert.Equal(0, await page.GetByText("Deactivate").CountAsync());
        await Pictures.TakeAsync(page, watcher, "domain-admin-domain");

        foreach (var path in (string[])["/domains/customer-01.example", "/domains/customer-01.example/mailboxes", "/domains/example.org/edit", "/domains/example.org/delete", "/domains/add", "/admins", "/admins/dora", "/mailboxes/m1@customer-01.example", "/aliases/info@customer-01.example", "/alias-domains/add"])
            Assert.Equal((path, 404), (path, (await page.GotoAsync(panel.Url + path))!.Status));
        await context.CloseAsync();
    }

    [BrowserFact]
    public async Task Somebody_without_a_domain_is_told_what_to_do()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, "nobody");
        await Pictures.TakeAsync(page, watcher, "nothing-assigned-overview");

        foreach (var path in (string[])["/domains", "/mailboxes", "/mailboxes/add", "/aliases", "/alias-domains"])
        {
            await page.GotoAsync(panel.Url + path);
            await Pictures.TakeAsync(page, watcher, $"nothing-assigned{path.Replace('/', '-')}");
        }
        await context.CloseAsync();
    }
}
