using System.Text.Json;
using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>What an owner sees of sign-ins and takes along, and what an admin takes away, clicked on what ./run starts.</summary>
[Collection("panel")]
public sealed class OwnSessionFlowTests(PanelsAndBrowser panels)
{
    private const string Password = "four words of nonsense";

    private static readonly TimeSpan ReportLimit = TimeSpan.FromSeconds(60);

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sign_ins_are_seen_other_browsers_are_signed_out_and_a_right_goes_when_the_domain_takes_it(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "own-session.example" : "own-session-no-script.example";
        var (anna, admin) = ($"anna@{domain}", $"admin-of-{domain}");
        await PanelsAndBrowser.AddOwnerAsync(instance, anna, Password);
        Assert.Equal(0, (await instance.PanelAsync(["admin", "add", admin, "--domain", domain, "--password-stdin"], Password + "\n")).Status);
        Assert.Equal(0, (await instance.PanelAsync(["admin", "set", admin, "--domain", domain, "--permissions", "limits"])).Status);
        var context = await panels.Browsers.NewContextAsync(script);
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        var other = await (await panels.Browsers.NewContextAsync(script)).NewPageAsync();
        await PanelsAndBrowser.SignInAsync(other, instance.Panel, anna, "/me", Password);
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, anna, "/me", Password);
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile, "127.9.7.6")) Assert.True(await imap.SignInAsync(anna, Password));

        await page.ClickAsync(".rail a[href='/me/sign-ins']");
        await ReportedAsync(page, "127.9.7.6");
        await page.ClickAsync("main a[href='/account/sessions']");
        await page.Locator("main .page-actions button").ClickAsync();
        await page.Locator("[role=status]").First.WaitForAsync();
        await other.GotoAsync($"{instance.Panel}/me");
        Assert.Contains("/sign-in", other.Url, StringComparison.Ordinal);
        Assert.Equal(200, (await page.GotoAsync($"{instance.Panel}/me"))!.Status);

        await page.GotoAsync($"{instance.Panel}/me");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("main a[href='/export/me']").First.ClickAsync());
        using (var data = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync()))) Assert.Equal(anna, data.RootElement.GetProperty("mailbox").GetProperty("address").GetString());
        // A page that turns into a file is a request that was given up, to the browser.
        Assert.All(watcher.Take(), complaint => Assert.Contains("/export/me", complaint, StringComparison.Ordinal));

        await PanelsAndBrowser.SignInAsync(other, instance.Panel, admin, "/", Password);
        await other.GotoAsync($"{instance.Panel}/domains/{domain}/self-service");
        await other.UncheckAsync("#Input_Rights-filters");
        await other.Locator("main form button.btn-primary").First.ClickAsync();
        await other.Locator("[role=status]").First.WaitForAsync();
        Assert.Equal(404, (await page.GotoAsync($"{instance.Panel}/me/filters"))!.Status);
        await page.GotoAsync($"{instance.Panel}/me");
        await Assertions.Expect(page.Locator(".rail a[href='/me/filters']")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".rail a[href='/me/vacation']")).ToHaveCountAsync(1);
        // A page that is not there is a fault to the browser's console, and meant here.
        Assert.All(watcher.Take(), fault => Assert.Contains("404", fault, StringComparison.Ordinal));
        await context.CloseAsync();
        await other.Context.CloseAsync();
    }

    /// <summary>Reports are written down a second later.</summary>
    private static async Task ReportedAsync(IPage page, string from)
    {
        var until = DateTime.UtcNow + ReportLimit;
        while (!(await page.Locator("main").InnerTextAsync()).Contains(from, StringComparison.Ordinal))
        {
            Assert.True(DateTime.UtcNow < until, $"The page does not show {from}.");
            await Task.Delay(300);
            await page.ReloadAsync();
        }
    }
}
