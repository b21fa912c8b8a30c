using AdminPanel.Tests.Support;
using AdminPanel.Tests.Support.ClientFormats;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>An owner makes a link, and a device that knows nothing else is set up by it: on what ./run starts, with script and without.</summary>
[Collection("panel")]
public sealed class DeviceFlowTests(PanelsAndBrowser panels)
{
    private const string Password = "six words of nonsense here";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_device_is_set_up_by_one_link_once(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "device.example" : "device-no-script.example";
        var address = $"anna@{domain}";
        await PanelsAndBrowser.AddOwnerAsync(instance, address, Password);
        var (context, watcher, page) = await panels.SignedInAsync(instance.Panel, address, "/me", Password, script);

        await page.ClickAsync(".rail a[href='/me/devices']");
        await page.ClickAsync("main a[href='/me/devices/apple']");
        await page.FillAsync("#Input_CurrentPassword", Password);
        await page.ClickAsync("main button.btn-primary");
        var link = await page.Locator(".secret code").InnerTextAsync();
        if (script) await Pictures.TakeAsync(page, watcher, "device-link");

        // The device: another browser, without a cookie of the panel.
        var other = await panels.Browsers.NewContextAsync(script);
        var seen = await Watcher.OfAsync(other);
        var device = await other.NewPageAsync();
        await device.GotoAsync(link);
        await Assertions.Expect(device.Locator("h1")).ToHaveTextAsync("Set up this device");
        if (script) await Pictures.TakeAsync(device, seen, "device");
        var download = await device.RunAndWaitForDownloadAsync(() => device.ClickAsync("main button.btn-primary"));
        Assert.Equal("mail.mobileconfig", download.SuggestedFilename);
        var profile = MailProfile.Parse(await File.ReadAllTextAsync(await download.PathAsync()));
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(235, (await smtp.SignInAsync(profile.Outgoing.UserName, profile.Outgoing.Password!)).Code);
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.True(await imap.SignInAsync(profile.Incoming.UserName, profile.Incoming.Password!));

        // The button is still there, and says that it was pressed.
        await device.ClickAsync("main button.btn-primary");
        await Assertions.Expect(device.Locator("h1")).ToHaveTextAsync("This link no longer works");
        // The browser itself tells of the status, and calls a page that turned into a download one that failed; nothing else may be there.
        Assert.All(seen.Take(), c => Assert.True(c.Contains("404", StringComparison.Ordinal) || c.EndsWith("/device net::ERR_ABORTED", StringComparison.Ordinal), c));
        if (script) await Pictures.TakeAsync(device, seen, "device-gone");
        await page.ClickAsync(".rail a[href='/me/app-passwords']");
        await Assertions.Expect(page.Locator("main tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("main tbody th")).ToContainTextAsync("iPhone, iPad or Mac");
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
        await other.CloseAsync();
    }

    [BrowserFact]
    public async Task The_pages_are_sound_in_German_on_a_phone()
    {
        var instance = await TrialInstance.Shared;
        const string address = "bernadette-charlotte.lindenschmidt-oberhausen@geraet.example";
        await PanelsAndBrowser.AddOwnerAsync(instance, address, Password);
        var context = await panels.Browsers.NewContextAsync(width: 390, locale: "de-DE");
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, address, "/me", Password);
        var faults = new List<string>();
        await page.GotoAsync($"{instance.Panel}/me/devices/apple");
        await page.FillAsync("#Input_CurrentPassword", Password);
        await page.ClickAsync("main button.btn-primary");
        var link = await page.Locator(".secret code").InnerTextAsync();
        faults.AddRange(await Pictures.PhoneFaultsAsync(page, watcher, "de-device-link"));
        await page.GotoAsync(link);
        faults.AddRange(await Pictures.PhoneFaultsAsync(page, watcher, "de-device"));
        await page.GotoAsync($"{instance.Panel}/device?link=1.none");
        Assert.All(watcher.Take(), c => Assert.Contains("404", c, StringComparison.Ordinal));
        faults.AddRange(await Pictures.PhoneFaultsAsync(page, watcher, "de-device-gone"));

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        await context.CloseAsync();
    }
}
