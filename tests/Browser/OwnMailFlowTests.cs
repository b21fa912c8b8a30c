using System.Text.Json;
using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>What an owner clicks about mail that arrives, on what ./run starts: a message is sorted, answered and sent on.</summary>
[Collection("panel")]
public sealed class OwnMailFlowTests(PanelsAndBrowser panels)
{
    private const string Password = "four words of nonsense";
    private const string Away = "I am at the sea until Monday.";

    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(60);

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_sorted_answered_and_sent_on_as_its_owner_clicked(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "own-mail.example" : "own-mail-no-script.example";
        var (anna, ben, friend) = ($"anna@{domain}", $"ben@{domain}", $"friend@from-{domain}");
        await PanelsAndBrowser.AddOwnerAsync(instance, anna, Password);
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "add", ben, "--password-stdin"], Password + "\n")).Status);
        var (context, watcher, page) = await panels.SignedInAsync(instance.Panel, anna, "/me", Password, script);

        await page.ClickAsync(".rail a[href='/me/filters']");
        await page.Locator("main a[href='/me/filters/add']").First.ClickAsync();
        await page.FillAsync("#Input_Name", "Bills");
        await page.SelectOptionAsync("#Input_Conditions_0__Part", "Subject");
        await page.FillAsync("#Input_Conditions_0__Value", "invoice");
        await page.FillAsync("#Input_Folder", "Bills");
        await SaveAsync(page);
        await page.ClickAsync(".rail a[href='/me/vacation']");
        await page.CheckAsync("#Input_IsOn");
        await page.FillAsync("#Input_Text", Away);
        await SaveAsync(page);
        await page.ClickAsync(".rail a[href='/me/forward']");
        await page.FillAsync("#Input_Forwards", ben);
        await SaveAsync(page);
        // Nobody is told that the mail server does not know it yet.
        await page.GotoAsync($"{instance.Panel}/me/vacation");
        await Assertions.Expect(page.Locator("main .notice-warn, main .notice-bad")).ToHaveCountAsync(0);

        await SendAsync(instance, friend, anna, "Your invoice 7");

        await AwaitAsync(instance, anna, "Bills", "Your invoice 7");
        await AwaitAsync(instance, ben, "INBOX", "Your invoice 7");
        Assert.Contains(Away, QuotedPrintable.Decode(await AnswerAsync(instance, friend)), StringComparison.Ordinal);

        // A circle, and an address that the domain does not let mail go to, are said and not saved.
        await page.GotoAsync($"{instance.Panel}/me/forward");
        await page.FillAsync("#Input_Forwards", "anna@elsewhere.example");
        await page.Locator("main form button.btn-primary").First.ClickAsync();
        await page.Locator(".problems").WaitForAsync();
        await page.GotoAsync($"{instance.Panel}/me");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(ben);
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_admin_sets_for_an_owner_holds_and_the_owner_reads_who_did(bool script)
    {
        var instance = await TrialInstance.Shared;
        var domain = script ? "own-helped.example" : "own-helped-no-script.example";
        var (anna, admin) = ($"anna@{domain}", $"helper-of-{domain}");
        await PanelsAndBrowser.AddOwnerAsync(instance, anna, Password);
        Assert.Equal(0, (await instance.PanelAsync(["admin", "add", admin, "--domain", domain, "--password-stdin"], Password + "\n")).Status);
        var (context, watcher, page) = await panels.SignedInAsync(instance.Panel, admin, "/", Password, script);

        await page.GotoAsync($"{instance.Panel}/mailboxes/{anna}/filters/add");
        await page.FillAsync("#Input_Name", "Bills");
        await page.SelectOptionAsync("#Input_Conditions_0__Part", "Subject");
        await page.FillAsync("#Input_Conditions_0__Value", "invoice");
        await page.FillAsync("#Input_Folder", "Bills");
        await SaveAsync(page);
        await page.GotoAsync($"{instance.Panel}/mailboxes/{anna}/vacation");
        await page.CheckAsync("#Input_IsOn");
        await page.FillAsync("#Input_Text", Away);
        await SaveAsync(page);
        var friend = $"friend@from-{domain}";
        await SendAsync(instance, friend, anna, "Your invoice 8");

        await AwaitAsync(instance, anna, "Bills", "Your invoice 8");
        Assert.Contains(Away, QuotedPrintable.Decode(await AnswerAsync(instance, friend)), StringComparison.Ordinal);
        var own = await panels.Browsers.NewContextAsync(script);
        await PanelsAndBrowser.SignInAsync(await own.NewPageAsync(), instance.Panel, anna, "/me", Password);
        using var known = JsonDocument.Parse(await (await own.APIRequest.GetAsync($"{instance.Panel}/export/me")).TextAsync());
        var changes = known.RootElement.GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("action").GetString(), c.GetProperty("by").GetString())).ToList();
        Assert.Contains(("mailbox.add-filter", admin), changes);
        Assert.Contains(("mailbox.set-vacation", admin), changes);
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
        await own.CloseAsync();
    }

    /// <summary>What ./run starts has no spam filter; what Rspamd and Dovecot do with the script is shown by SpamFilterTests.</summary>
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_owner_says_from_how_many_points_mail_goes_to_Junk_and_the_server_has_it_at_once(bool script)
    {
        var instance = await TrialInstance.Shared;
        var owner = $"anna@{(script ? "own-junk.example" : "own-junk-no-script.example")}";
        await PanelsAndBrowser.AddOwnerAsync(instance, owner, Password);
        var (context, watcher, page) = await panels.SignedInAsync(instance.Panel, owner, "/me", Password, script);
        await instance.ExecuteAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('spam_filter', 'rspamd', UTC_TIMESTAMP(6))");

        await page.ClickAsync(".rail a[href='/me/filters']");
        await page.SelectOptionAsync("#Spam_From", "4");
        await page.ClickAsync("#spam button");

        await page.Locator("[role=status]").First.WaitForAsync();
        await Assertions.Expect(page.Locator("#Spam_From")).ToHaveValueAsync("4");
        await Assertions.Expect(page.Locator("aside .state-ok")).ToHaveCountAsync(1);
        Assert.Contains("\"X-Spam-Level\" \"****\"", await page.Locator("aside pre").TextContentAsync(), StringComparison.Ordinal);
        await instance.ExecuteAsync("DELETE FROM settings WHERE `key` = 'spam_filter'");
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.Locator("main form button.btn-primary").First.ClickAsync();
        await page.Locator("[role=status]").First.WaitForAsync();
        await Assertions.Expect(page.Locator(".problems")).ToHaveCountAsync(0);
    }

    private static async Task SendAsync(TrialInstance instance, string from, string to, string subject)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await smtp.SendAsync(from, to, $"From: <{from}>\nTo: <{to}>\nSubject: {subject}\n\nHello.\n")).Code);
    }

    private static async Task AwaitAsync(TrialInstance instance, string owner, string folder, string subject)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(owner, Password));
        var until = DateTime.UtcNow + DeliveryLimit;
        while (!(await imap.SayAsync($"LIST \"\" {folder}")).Any(line => line.StartsWith("* LIST", StringComparison.Ordinal)) || await imap.SelectAsync(folder) == 0)
        {
            Assert.True(DateTime.UtcNow < until, $"Nothing arrived in {folder} of {owner}.");
            await Task.Delay(200);
        }
        Assert.Contains($"Subject: {subject}", await imap.ReadAsync(1), StringComparison.Ordinal);
    }

    /// <summary>What left for an address elsewhere.</summary>
    private static async Task<string> AnswerAsync(TrialInstance instance, string to)
    {
        var until = DateTime.UtcNow + DeliveryLimit;
        while (true)
        {
            if (Directory.GetFiles(instance.Outbox, "*.eml").Select(File.ReadAllText).FirstOrDefault(text => text.Contains($"X-Envelope-To: {to}\r\n", StringComparison.Ordinal)) is { } answer) return answer;
            Assert.True(DateTime.UtcNow < until, $"No answer has left for {to}.");
            await Task.Delay(200);
        }
    }
}
