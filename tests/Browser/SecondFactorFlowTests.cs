using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.SecondFactor;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>An owner turns the second factor on, clicked on what ./run starts: the panel asks for codes, and the daemons for app passwords.</summary>
[Collection("panel")]
public sealed class SecondFactorFlowTests(PanelsAndBrowser panels)
{
    private const string Password = "four words of nonsense";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mail_programs_need_app_passwords_once_it_is_on_and_an_ended_one_opens_nothing(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "factor.example" : "factor-no-script.example";
        var address = $"anna@{domain}";
        await PanelsAndBrowser.AddOwnerAsync(instance, address, Password);
        var (context, watcher, page) = await panels.SignedInAsync(instance.Panel, address, "/me", Password, script);

        await page.ClickAsync(".rail a[href='/account/second-factor']");
        var secret = Base32.Decode(await page.Locator("#secret").InnerTextAsync());
        await page.FillAsync("#On_FirstCode", Totp.Code(secret, Totp.StepAt(DateTime.UtcNow)));
        await page.FillAsync("#On_CurrentPassword", Password);
        await page.ClickAsync("main button.btn-primary");
        await Assertions.Expect(page.Locator(".notice-secret code")).ToHaveCountAsync(2);
        var (appPassword, codes) = (await page.Locator(".notice-secret code").First.InnerTextAsync(), (await page.Locator(".notice-secret code").Last.InnerTextAsync()).Split('\n'));
        Assert.Equal(10, codes.Length);
        if (script) await Pictures.TakeAsync(page, watcher, "second-factor-on");

        Assert.False(await SignsInAsync(instance, address, Password));
        Assert.True(await SignsInAsync(instance, address, appPassword));
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(535, (await smtp.SignInAsync(address, Password)).Code);
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(235, (await smtp.SignInAsync(address, appPassword)).Code);

        // Another browser: the password alone leads to the second step, and a code that was used to none.
        var other = await (await panels.Browsers.NewContextAsync(script)).NewPageAsync();
        await PanelsAndBrowser.SignInAsync(other, instance.Panel, address, "/sign-in/code", Password);
        if (script) await Pictures.TakeAsync(other, watcher, "second-factor-step");
        await other.FillAsync("#Input_Code", codes[0]);
        await other.ClickAsync("main button.btn-primary");
        await other.WaitForURLAsync(instance.Panel + "/me");
        await PanelsAndBrowser.SignInAsync(await (await panels.Browsers.NewContextAsync(script)).NewPageAsync(), instance.Panel, address, "/sign-in/code", Password);

        await page.ClickAsync(".rail a[href='/me/app-passwords']");
        await page.ClickAsync("main .page-actions a");
        await page.FillAsync("#Input_Name", "Tablet");
        await page.UncheckAsync("#Input_AllowsSmtp");
        await page.FillAsync("#Input_CurrentPassword", Password);
        await page.ClickAsync("main button.btn-primary");
        var tablet = await page.Locator(".notice-secret code").InnerTextAsync();
        Assert.True(await SignsInAsync(instance, address, tablet));
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(535, (await smtp.SignInAsync(address, tablet)).Code);

        await page.Locator("tr", new() { HasText = "First mail program" }).Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("opens nothing any more");
        Assert.False(await SignsInAsync(instance, address, appPassword));
        Assert.True(await SignsInAsync(instance, address, tablet));
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_domain_requires_it_nothing_else_opens_until_it_is_on_and_then_all_does(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "required.example" : "required-no-script.example";
        var address = $"anna@{domain}";
        await PanelsAndBrowser.AddOwnerAsync(instance, address, Password);
        var (context, watcher, page) = await panels.SignedInAsync(instance.Panel, address, "/me", Password, script);

        Assert.Equal(0, (await instance.PanelAsync(["domain", "self-service", domain, "--require-2fa", "true"])).Status);
        await page.ClickAsync(".rail a[href='/me/forward']");
        await page.WaitForURLAsync(instance.Panel + "/account/second-factor");
        await page.GotoAsync($"{instance.Panel}/me/app-passwords");
        await page.WaitForURLAsync(instance.Panel + "/account/second-factor");
        if (script) await Pictures.TakeAsync(page, watcher, "second-factor-required");

        var secret = Base32.Decode(await page.Locator("#secret").InnerTextAsync());
        await page.FillAsync("#On_FirstCode", Totp.Code(secret, Totp.StepAt(DateTime.UtcNow)));
        await page.FillAsync("#On_CurrentPassword", Password);
        await page.ClickAsync("main button.btn-primary");
        await Assertions.Expect(page.Locator(".notice-secret code")).ToHaveCountAsync(2);
        await page.ClickAsync(".rail a[href='/me/forward']");
        await page.WaitForURLAsync(instance.Panel + "/me/forward");
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    private static async Task<bool> SignsInAsync(TrialInstance instance, string user, string password)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        return await imap.SignInAsync(user, password);
    }
}
