using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>An owner makes an address for a shop, clicked on what ./run starts: it takes and sends mail while it is on, and neither while it is off.</summary>
[Collection("panel")]
public sealed class OwnAliasFlowTests(PanelsAndBrowser panels)
{
    private const string Password = "four words of nonsense";

    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(60);

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_of_ones_own_takes_and_sends_mail_while_it_is_on(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "own-alias.example" : "own-alias-no-script.example";
        var owner = $"anna@{domain}";
        await PanelsAndBrowser.AddOwnerAsync(instance, owner, Password);
        Assert.Equal(0, (await instance.PanelAsync(["domain", "self-service", domain, "--may", "panel,aliases", "--own-aliases", "1"])).Status);
        var (context, watcher, page) = await panels.SignedInAsync(instance.Panel, owner, "/me", Password, script);

        await page.ClickAsync(".rail a[href='/me/aliases']");
        await page.ClickAsync("main a[href='/me/aliases/add']");
        await page.FillAsync("#Input_Word", "shop");
        await page.FillAsync("#Input_Comment", "Shoes");
        await page.ClickAsync("main button.btn-primary");
        var address = await page.Locator("main tbody th").First.InnerTextAsync();
        Assert.Matches($"^shop[.][a-z2-9]{{5}}@{domain}$", address);
        // The domain allows one.
        await Assertions.Expect(page.Locator("main a[href='/me/aliases/add']")).ToHaveCountAsync(0);

        Assert.Equal((250, 250), (await ArrivesAsync(instance, address), await SendsAsync(instance, owner, address)));
        Assert.Equal(553, await SendsAsync(instance, owner, $"shop@{domain}"));
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile))
        {
            Assert.True(await imap.SignInAsync(owner, Password));
            var until = DateTime.UtcNow + DeliveryLimit;
            while (await imap.SelectAsync() == 0)
            {
                Assert.True(DateTime.UtcNow < until, "Nothing arrived.");
                await Task.Delay(200);
            }
        }

        await page.Locator("main tbody a").First.ClickAsync();
        await page.UncheckAsync("#Input_IsActive");
        await page.ClickAsync("main button.btn-primary");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(address);
        Assert.Equal((550, 553), (await ArrivesAsync(instance, address), await SendsAsync(instance, owner, address)));

        await page.Locator("main tbody a").First.ClickAsync();
        await page.CheckAsync("#Input_IsActive");
        await page.ClickAsync("main button.btn-primary");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(address);
        Assert.Equal((250, 250), (await ArrivesAsync(instance, address), await SendsAsync(instance, owner, address)));

        await page.Locator("main tbody a").First.ClickAsync();
        await page.Locator("aside summary").ClickAsync();
        await page.ClickAsync("aside button.btn-danger");
        await Assertions.Expect(page.Locator("main a[href='/me/aliases/add']")).Not.ToHaveCountAsync(0);
        Assert.Equal((550, 553), (await ArrivesAsync(instance, address), await SendsAsync(instance, owner, address)));
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    private static async Task<int> ArrivesAsync(TrialInstance instance, string address)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        return (await smtp.SendAsync("shop@elsewhere.example", address, "Subject: your order\n\nHello.\n")).Code;
    }

    private static async Task<int> SendsAsync(TrialInstance instance, string owner, string sender)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync(owner, Password)).Code);
        return (await smtp.SendAsync(sender, "shop@elsewhere.example", "Subject: where is it?\n\nHello.\n")).Code;
    }
}
