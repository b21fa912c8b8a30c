using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>
/// The promise of the whole panel, clicked: what somebody adds in the browser receives and sends real mail, on what
/// ./run starts, with script and without.
/// </summary>
[Collection("panel")]
public sealed partial class MailFlowTests(PanelsAndBrowser panels)
{
    private const string First = "correct horse battery";
    private const string Second = "staple for another";
    private const string Third = "battery of my own";
    private const string Fourth = "remembered this time";
    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(30);

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mailbox_that_is_clicked_together_receives_and_sends_real_mail(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "clicked.example" : "no-script.example";
        var context = await panels.Browsers.NewContextAsync(script);
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await EnterAsync(page, instance);
        await AddDomainAsync(page, domain);
        await AddMailboxAsync(page, "anna", First);
        await ClickAsync(page, "Mailboxes", ".breadcrumb a");
        await AddMailboxAsync(page, "ben", First);

        await using var outside = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await outside.SendAsync("friend@elsewhere.example", $"anna@{domain}", "Subject: from outside\n\nHello.\n")).Code);
        Assert.Contains("Subject: from outside", await MessageAsync(instance, $"anna@{domain}", First), StringComparison.Ordinal);

        await using var submission = await SmtpDialogue.OpenAsync(instance.Submission);
        await submission.StartTlsAsync(instance.CaFile);
        Assert.Equal(235, (await submission.SignInAsync($"anna@{domain}", First)).Code);
        Assert.Equal(250, (await submission.SendAsync($"anna@{domain}", $"ben@{domain}", "Subject: from anna\n\nHello.\n")).Code);
        Assert.Contains("Subject: from anna", await MessageAsync(instance, $"ben@{domain}", First), StringComparison.Ordinal);

        await page.GotoAsync($"{instance.Panel}/mailboxes/anna@{domain}");
        await ClickAsync(page, "Set password", ".page-actions a");
        await page.FillAsync("#Input_Password", Second);
        await ClickAsync(page, "Set password", "main button");
        Assert.False(await SignsInAsync(instance, $"anna@{domain}", First));
        Assert.True(await SignsInAsync(instance, $"anna@{domain}", Second));

        await ChangeOwnPasswordAsync(instance, script, $"anna@{domain}");
        Assert.False(await SignsInAsync(instance, $"anna@{domain}", Second));
        Assert.True(await SignsInAsync(instance, $"anna@{domain}", Third));

        await ChooseRecoveryAddressAsync(instance, script, $"anna@{domain}");
        await ReplaceForgottenPasswordAsync(instance, script, $"anna@{domain}");
        Assert.False(await SignsInAsync(instance, $"anna@{domain}", Third));
        Assert.True(await SignsInAsync(instance, $"anna@{domain}", Fourth));

        await ClickAsync(page, "Deactivate", ".page-actions button");
        Assert.False(await SignsInAsync(instance, $"anna@{domain}", Fourth));
        await using var refused = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(550, (await refused.SendAsync("friend@elsewhere.example", $"anna@{domain}", "Subject: too late\n\nHello.\n")).Code);
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    [GeneratedRegex(@"http://localhost:\d+/setup\?token=[\w-]+")]
    private static partial Regex SetupUrl();

    // The first to come opens the setup link; whoever comes later signs in as the superadmin it made.
    private static async Task EnterAsync(IPage page, TrialInstance instance)
    {
        var (status, output, _) = await instance.PanelAsync(["admin", "setup-link"]);
        if (status == 0)
        {
            await PanelsAndBrowser.SetUpAsync(page, SetupUrl().Match(output).Value, PanelsAndBrowser.Superadmin);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
            await ClickAsync(page, "Sign out", "button", "details.account > summary");
        }
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, PanelsAndBrowser.Superadmin);
    }

    /// <summary>The owner signs in with the password of the mailbox, and chooses one that no admin knows.</summary>
    private async Task ChangeOwnPasswordAsync(TrialInstance instance, bool script, string address)
    {
        var context = await panels.Browsers.NewContextAsync(script);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, address, "/me", Second);
        await ClickAsync(page, "Change password", ".page-actions a");
        await page.FillAsync("#Input_CurrentPassword", Second);
        await page.FillAsync("#Input_NewPassword", Third);
        await ClickAsync(page, "Change the password", "main button");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("The password was changed");
        await context.CloseAsync();
    }

    private async Task ChooseRecoveryAddressAsync(TrialInstance instance, bool script, string address)
    {
        var context = await panels.Browsers.NewContextAsync(script);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, address, "/me", Third);
        await page.GotoAsync($"{instance.Panel}/me/recovery");
        await page.FillAsync("#Input_RecoveryAddress", RecoveryOf(address));
        await page.FillAsync("#Input_CurrentPassword", Third);
        await ClickAsync(page, "Save", "main button");
        await page.GotoAsync(await LinkAsync(instance, address, "/recovery"));
        await page.Locator("button.btn-primary").First.ClickAsync();
        await page.WaitForLoadStateAsync(LoadState.Load);
        await context.CloseAsync();
    }

    /// <summary>Somebody who remembers nothing has a new password by the link that Postfix carried to the confirmed address.</summary>
    private async Task ReplaceForgottenPasswordAsync(TrialInstance instance, bool script, string address)
    {
        var context = await panels.Browsers.NewContextAsync(script);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{instance.Panel}/sign-in");
        await ClickAsync(page, "Forgotten", "main a");
        await page.FillAsync("#Input_Address", address);
        await page.Locator("main button").First.ClickAsync();
        await page.GotoAsync(await LinkAsync(instance, address, "/forgotten/new"));
        await page.FillAsync("#Input_NewPassword", Fourth);
        await page.Locator("button.btn-primary").First.ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, address, "/me", Fourth);
        await context.CloseAsync();
    }

    private static string RecoveryOf(string address) => address.Replace("@", "@home-of-", StringComparison.Ordinal);

    /// <summary>What stands in the message that left for the recovery address.</summary>
    private static async Task<string> LinkAsync(TrialInstance instance, string address, string path)
    {
        var until = DateTime.UtcNow + DeliveryLimit;
        while (true)
        {
            foreach (var text in Directory.GetFiles(instance.Outbox, "*.eml").Select(File.ReadAllText).Where(text => text.Contains($"X-Envelope-To: {RecoveryOf(address)}\r\n", StringComparison.Ordinal)))
            {
                var match = LinkInText().Match(QuotedPrintable.Decode(text));
                if (match.Success && new Uri(match.Value).AbsolutePath == path) return match.Value;
            }
            Assert.True(DateTime.UtcNow < until, $"No link to {path} has arrived.");
            await Task.Delay(200);
        }
    }

    [GeneratedRegex(@"http://localhost:\d+/[a-z/]+\?link=[^\s""<]+")]
    private static partial Regex LinkInText();

    private static async Task AddDomainAsync(IPage page, string domain)
    {
        await ClickAsync(page, "Domains", ".rail a");
        await page.Locator("a:has-text('Add domain')").First.ClickAsync();
        await page.FillAsync("#Input_Name", domain);
        await ClickAsync(page, "Add domain", "main button");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync($"Domain {domain} added");
        await ClickAsync(page, "Mailboxes", ".counts a");
    }

    private static async Task AddMailboxAsync(IPage page, string localPart, string password)
    {
        await page.Locator("main a:has-text('Add mailbox')").First.ClickAsync();
        await page.FillAsync("#Input_LocalPart", localPart);
        await page.FillAsync("#Input_Password", password);
        await ClickAsync(page, "Add mailbox", "main button");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync($"Mailbox {localPart}@");
    }

    private static async Task ClickAsync(IPage page, string text, string kind, string? first = null)
    {
        if (first is not null) await page.ClickAsync(first);
        await page.Locator(kind, new() { HasText = text }).First.ClickAsync();
        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    private static async Task<bool> SignsInAsync(TrialInstance instance, string user, string password)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        return await imap.SignInAsync(user, password);
    }

    private static async Task<string> MessageAsync(TrialInstance instance, string user, string password)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(user, password));
        var until = DateTime.UtcNow + DeliveryLimit;
        while (await imap.SelectAsync() == 0)
        {
            Assert.True(DateTime.UtcNow < until, $"Nothing arrived at {user}.");
            await Task.Delay(200);
        }
        return await imap.ReadAsync(1);
    }
}
