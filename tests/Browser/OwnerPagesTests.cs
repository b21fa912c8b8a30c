using AdminPanel.Data;
using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>The pages of a mailbox owner, as <see cref="EveryPageTests"/> looks at those of an admin.</summary>
[Collection("panel")]
public sealed class OwnerPagesTests(PanelsAndBrowser panels)
{
    public const string Owner = "emil@example.org";

    [BrowserFact]
    public async Task Every_page_of_an_owner_is_sound()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, Owner, "/me");
        Assert.Equal(["My mailbox", "Forwarding", "Filters", "Vacation reply", "My addresses", "Devices", "Sign-ins", "Password", "App passwords", "Second factor", "Recovery"], await page.Locator(".rail .places a").AllInnerTextsAsync());

        var faults = new List<string>();
        await panel.WithAsync(s => s.GetRequiredService<AdminDb>().Database.ExecuteSqlAsync($"UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET m.recovery_address = 'emil@home.example' WHERE a.address = {Owner}"));
        foreach (var (name, path) in PanelPages.Own.Append(("me-filter", "/me/filters/1")).Append(("me-alias", "/me/aliases/7000")))
        {
            var answer = await page.GotoAsync(panel.Url + path);
            if (answer!.Status != 200) faults.Add($"{path}: {answer.Status}");
            faults.AddRange(await Pictures.FaultsAsync(page, watcher, name));
        }
        await page.GotoAsync($"{panel.Url}/me/password");
        await page.FillAsync("#Input_NewPassword", "..");
        await page.ClickAsync("main button.btn-primary");
        await page.Locator(".problems").WaitForAsync();
        faults.AddRange(await Pictures.FaultsAsync(page, watcher, "me-password-wrong"));
        await page.GotoAsync($"{panel.Url}/me/filters/add");
        await page.SelectOptionAsync("#Input_Conditions_0__Part", "Header");
        await page.FillAsync("#Input_Conditions_0__Header", "no name");
        await page.ClickAsync("main button.btn-primary");
        await page.Locator(".problems").WaitForAsync();
        faults.AddRange(await Pictures.FaultsAsync(page, watcher, "me-filter-wrong"));

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        await context.CloseAsync();
    }

    /// <summary>What somebody sees who cannot sign in.</summary>
    [BrowserFact]
    public async Task The_way_back_from_a_forgotten_password_is_sound()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{panel.Url}/sign-in");
        await page.ClickAsync("main a[href='/forgotten']");
        await Pictures.TakeAsync(page, watcher, "forgotten");
        await page.ClickAsync("main button.btn-primary");
        await page.Locator(".problems").WaitForAsync();
        await Pictures.TakeAsync(page, watcher, "forgotten-wrong");
        await page.FillAsync("#Input_Address", "nobody@example.org");
        await page.ClickAsync("main button.btn-primary");
        await page.WaitForURLAsync("**/forgotten?asked=True");
        await Pictures.TakeAsync(page, watcher, "forgotten-asked");
        await page.GotoAsync($"{panel.Url}/forgotten/new?link=1.none");
        await Pictures.TakeAsync(page, watcher, "forgotten-gone");
        await context.CloseAsync();
    }

    [BrowserFact]
    public async Task Every_page_of_an_owner_is_sound_in_German_on_a_phone()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(width: 390, locale: "de-DE");
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, $"{PanelPages.LongAddress}", "/me");

        var faults = new List<string>();
        foreach (var (name, path) in PanelPages.Own)
        {
            await page.GotoAsync(panel.Url + path);
            if (await page.GetAttributeAsync("html", "lang") != "de") faults.Add($"{path} is not in German");
            faults.AddRange(await Pictures.PhoneFaultsAsync(page, watcher, $"de-{name}"));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        await context.CloseAsync();
    }
}
