using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>Passkeys with Chromium's own virtual device, clicked on what ./run starts: an owner's with the daemons behind, and an admin's.</summary>
[Collection("panel")]
public sealed class PasskeyFlowTests(PanelsAndBrowser panels)
{
    private const string Password = "four words of nonsense";

    [BrowserFact]
    public async Task An_owner_signs_in_by_passkey_and_mail_programs_need_app_passwords()
    {
        var instance = await TrialInstance.Shared;
        const string Address = "anna@passkey.example";
        await PanelsAndBrowser.AddOwnerAsync(instance, Address, Password);
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        var device = await VirtualDevice.AddAsync(context, page);
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, Address, "/me", Password);

        await page.ClickAsync(".rail a[href='/account/second-factor']");
        await page.ClickAsync("main a[href='/account/passkeys/add']");
        await FillAsync(page, "Phone", Password);
        await Pictures.TakeAsync(page, watcher, "passkey-confirm");
        await page.ClickAsync("[data-passkey=create]");
        await Assertions.Expect(page.Locator(".notice-secret code")).ToHaveCountAsync(2);
        var appPassword = await page.Locator(".notice-secret code").First.InnerTextAsync();
        await Pictures.TakeAsync(page, watcher, "passkey-added");

        Assert.False(await SignsInAsync(instance, Address, Password));
        Assert.True(await SignsInAsync(instance, Address, appPassword));
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(535, (await smtp.SignInAsync(Address, Password)).Code);

        // Without the password, and as the second step behind it.
        await SignOutAsync(page, instance.Panel, device);
        await Pictures.TakeAsync(page, watcher, "passkey-sign-in");
        await device.UseAsync(page);
        await page.WaitForURLAsync(instance.Panel + "/me");
        await SignOutAsync(page, instance.Panel, device);
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, Address, "/sign-in/code", Password);
        await Pictures.TakeAsync(page, watcher, "passkey-step");
        await device.UseAsync(page);
        await page.WaitForURLAsync(instance.Panel + "/me");

        await page.GotoAsync($"{instance.Panel}/account/second-factor");
        await Pictures.TakeAsync(page, watcher, "passkey-second-factor");
        await page.GotoAsync($"{instance.Panel}/account/passkeys");
        await Pictures.TakeAsync(page, watcher, "passkey-list");
        await RemoveAsync(page, watcher, device, "passkey-remove");
        Assert.True(await SignsInAsync(instance, Address, Password));

        // The device still has what the panel has not.
        await SignOutAsync(page, instance.Panel, device);
        await device.UseAsync(page);
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("does not sign in here");
        await Pictures.TakeAsync(page, watcher, "passkey-refused");
        await device.SetPresentAsync(false);
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, Address, "/me", Password);
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    [BrowserFact]
    public async Task An_admin_signs_in_by_passkey_and_a_device_that_does_not_know_its_owner_does_not()
    {
        var instance = await TrialInstance.Shared;
        // No superadmin: the first one is made by the setup link, where another test has it.
        Assert.Equal(0, (await instance.PanelAsync(["domain", "add", "passkey-admin.example"])).Status);
        Assert.Equal(0, (await instance.PanelAsync(["admin", "add", "passkey-admin", "--domain", "passkey-admin.example", "--password-stdin"], Password + "\n")).Status);
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        var device = await VirtualDevice.AddAsync(context, page);
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, "passkey-admin", "/", Password);
        await page.GotoAsync($"{instance.Panel}/account/passkeys/add");
        await Assertions.Expect(page.Locator("[data-passkey-missing]")).ToBeHiddenAsync();
        await FillAsync(page, "Laptop", Password);
        await page.ClickAsync("[data-passkey=create]");
        await Assertions.Expect(page.Locator(".notice-secret code")).ToHaveCountAsync(1);

        await SignOutAsync(page, instance.Panel, device);
        await device.SetVerifiedAsync(false);
        await device.UseAsync(page);
        await Assertions.Expect(page.Locator("[data-passkey-failed]")).ToBeVisibleAsync();
        // What is offered beside the login asks again by itself.
        await device.SetPresentAsync(false);
        await device.SetVerifiedAsync(true);
        await device.UseAsync(page);
        await page.WaitForURLAsync(instance.Panel + "/");
        await SignOutAsync(page, instance.Panel, device);
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, "passkey-admin", "/sign-in/code", Password);
        await device.UseAsync(page);
        await page.WaitForURLAsync(instance.Panel + "/");

        await page.GotoAsync($"{instance.Panel}/account/passkeys");
        await RemoveAsync(page, watcher, device, "passkey-admin-remove");
        await SignOutAsync(page, instance.Panel, device);
        await device.UseAsync(page);
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("does not sign in here");
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    /// <summary>Without script there is the password, and the page says what is missing.</summary>
    [BrowserFact]
    public async Task Without_script_the_password_signs_in_and_adding_says_what_it_needs()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(script: false);
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{panel.Url}/sign-in");
        await Assertions.Expect(page.Locator("[data-passkey=get]")).ToBeHiddenAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);
        await page.GotoAsync($"{panel.Url}/account/passkeys/add");
        await Assertions.Expect(page.Locator("[data-passkey-missing]")).ToContainTextAsync("needs JavaScript");
        await context.CloseAsync();
    }

    private static async Task FillAsync(IPage page, string name, string password)
    {
        await page.FillAsync("#Start_Name", name);
        await page.FillAsync("#Start_CurrentPassword", password);
        await page.ClickAsync("main button.btn-primary");
        await page.Locator("[data-passkey=create]").WaitForAsync();
    }

    private static async Task RemoveAsync(IPage page, Watcher watcher, VirtualDevice device, string picture)
    {
        await page.Locator("tbody a").ClickAsync();
        await Pictures.TakeAsync(page, watcher, picture);
        await page.FillAsync("#Input_CurrentPassword", Password);
        await device.UseAsync(page);
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("second factor is off");
    }

    // Nobody answers the sign-in page before a test does.
    private static async Task SignOutAsync(IPage page, string url, VirtualDevice device)
    {
        await device.SetPresentAsync(false);
        await page.GotoAsync($"{url}/sign-out");
        await page.ClickAsync("main button.btn-primary");
        await page.WaitForURLAsync($"{url}/sign-in");
    }

    private static async Task<bool> SignsInAsync(TrialInstance instance, string user, string password)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        return await imap.SignInAsync(user, password);
    }
}
