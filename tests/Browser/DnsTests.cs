using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>From the page to a registrar's form: what is copied is what is shown, to the letter.</summary>
[Collection("panel")]
public sealed class DnsTests(PanelsAndBrowser panels)
{
    [BrowserFact]
    public async Task Every_button_copies_the_field_that_it_stands_at()
    {
        var (page, watcher) = await OpenAsync(script: true);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var record = page.Locator(".record").Filter(new() { HasText = "_imaps._tcp.customer-04.example." });

        var copied = new List<string>();
        foreach (var button in await record.Locator(".record-fields button").AllAsync())
        {
            await button.ClickAsync();
            await Assertions.Expect(button.Locator("[data-word]")).ToHaveTextAsync("Copied");
            copied.Add(await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        }

        Assert.Equal(["SRV", "_imaps._tcp", "_imaps._tcp.customer-04.example.", "3600", "0 1 993 mx1.host.example."], copied);
        Assert.Equal(await record.Locator(".record-fields code").AllInnerTextsAsync(), copied);
        // A screen reader tells the buttons apart.
        Assert.Equal("Copied Value, Service _imaps", await record.Locator(".record-value button").TextContentAsync());
        await Assertions.Expect(record.Locator(".record-value [data-word]")).ToHaveTextAsync("Copy");
        Assert.Empty(watcher.Take());
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Without_script_there_is_no_button_and_a_click_selects_the_whole_value()
    {
        var (page, watcher) = await OpenAsync(script: false);

        Assert.Equal(0, await page.Locator(".record button:visible").CountAsync());
        var value = page.Locator(".record-value code").First;
        Assert.Equal("10 mx1.host.example.", await value.InnerTextAsync());
        await page.ClickAsync("details.menu:has(.downloads) > summary");
        await Pictures.TakeAsync(page, watcher, "domain-dns-no-script", script: false);
        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(".downloads a"));
        Assert.Equal("customer-04.example.zone", file.SuggestedFilename);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_pages_of_records_are_sound_in_both_languages()
    {
        var panel = await panels.FullAsync();
        foreach (var locale in (string[])["en-GB", "de-DE"])
        {
            var (page, watcher) = await OpenAsync(script: true, locale);
            var faults = new List<string>();
            foreach (var (name, path) in PanelPages.All.Where(p => p.Path.EndsWith("/dns", StringComparison.Ordinal)))
            {
                await page.GotoAsync(panel.Url + path);
                faults.AddRange(await Pictures.FaultsAsync(page, watcher, $"{name}-{locale}"));
            }
            Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
            await page.Context.CloseAsync();
        }
    }

    /// <summary>Made by somebody who is signed in, opened by somebody who never was, on a desk and on a phone.</summary>
    [BrowserTheory]
    [InlineData(true, 1280, ColorScheme.Light)]
    [InlineData(false, 390, ColorScheme.Dark)]
    public async Task A_link_shows_the_records_to_whoever_has_no_account(bool script, int width, ColorScheme scheme)
    {
        var (page, watcher) = await OpenAsync(script);
        await page.ClickAsync("details.menu:has(form.share-make) > summary");
        await Pictures.TakeAsync(page, watcher, $"domain-dns-share-{width}", script);
        await page.ClickAsync("form.share-make button");
        await Pictures.TakeAsync(page, watcher, $"domain-dns-shared-{width}", script);
        var link = await page.Locator(".notice-ok code").InnerTextAsync();
        await page.Context.CloseAsync();

        var context = await panels.Browsers.NewContextAsync(script, width, scheme);
        var others = await Watcher.OfAsync(context);
        var guest = await context.NewPageAsync();
        await guest.GotoAsync(link);
        await Pictures.TakeAsync(guest, others, $"guest-dns-{width}", script);
        await Assertions.Expect(guest.Locator(".record-value code").First).ToHaveTextAsync("10 mx1.host.example.");
        await Assertions.Expect(guest.Locator("nav")).ToHaveCountAsync(0);
        await context.CloseAsync();
    }

    private async Task<(IPage Page, Watcher Watcher)> OpenAsync(bool script, string? locale = null)
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(script, locale: locale);
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);
        await page.GotoAsync($"{panel.Url}/domains/customer-04.example/dns");
        return (page, watcher);
    }
}
