using System.Net;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Owners make passwords for their mail programs, and end them; nobody reads one twice, and none opens the panel.</summary>
public sealed partial class AppPasswordTests
{
    private const string Page = "/me/app-passwords";

    [MariaDbFact]
    public async Task It_is_shown_once_and_only_its_digest_is_kept()
    {
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);

        var secret = await AddAsync(browser, "Phone");

        Assert.Equal($"Phone\t{"1"}", await panel.SqlAsync($"SELECT name, digest = SHA2('{secret}', 256) FROM app_passwords"));
        Assert.DoesNotContain(secret, (await browser.GetAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Contains("Phone", (await browser.GetAsync(Page)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await panel.SqlAsync("SELECT CONCAT_WS(' ', `before`, `after`) FROM audit_entries"), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, panel.Log(), StringComparison.Ordinal);
        Assert.Equal("bob@example.org\tmailbox.add-app-password\tbob@example.org\t1", await panel.SqlAsync("SELECT actor, action, subject, domain_id FROM audit_entries WHERE action LIKE 'mailbox.%'"));
    }

    [MariaDbFact]
    public async Task It_does_not_open_the_panel()
    {
        await using var panel = await OwnPanel.StartAsync();
        var secret = await AddAsync(await panel.SignedInAsync(Bob), "Phone");

        var answer = await panel.Browser().SignInAsync(Bob, secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("do not go together", answer.Problems, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_open_browser_alone_makes_none()
    {
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);

        foreach (var password in new[] { "", "Nine-green-herons-8" })
            Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync($"{Page}/add", ("Input.Name", "Phone"), ("Input.CurrentPassword", password))).Status);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
    }

    [MariaDbFact]
    public async Task Ending_one_ends_open_sessions_and_nobody_elses_can_be_ended()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddMailboxAsync(2, "eve@example.org");
        var browser = await panel.SignedInAsync(Bob);
        await AddAsync(browser, "Phone");
        var id = await panel.SqlAsync("SELECT id FROM app_passwords");

        var eve = await panel.SignedInAsync("eve@example.org");
        Assert.Equal(HttpStatusCode.NotFound, (await eve.PostAsync($"{Page}?handler=Revoke", await eve.FormOfAsync($"{Page}/add", ("Input.Id", id)))).Status);
        Assert.Equal(("1", ""), (await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"), await panel.SqlAsync("SELECT mask FROM session_ends")));

        await browser.PostAsync($"{Page}?handler=Revoke", await browser.FormOfAsync(Page, ("Input.Id", id)));
        Assert.Equal(("0", Bob), (await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"), await panel.SqlAsync("SELECT mask FROM session_ends")));
        Assert.Equal("mailbox.revoke-app-password", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"));
    }

    [MariaDbFact]
    public async Task An_admin_ends_one_and_never_by_another_mailboxs_page()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddMailboxAsync(2, "eve@example.org");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await AddAsync(await panel.SignedInAsync(Bob), "Phone");
        var id = await panel.SqlAsync("SELECT id FROM app_passwords");
        var admin = await panel.SignedInAsync();

        Assert.Contains("Phone", (await admin.GetAsync($"/mailboxes/{Bob}/app-passwords")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync("/mailboxes/eve@example.org/app-passwords?handler=Revoke", await admin.FormOfAsync("/", ("Input.Id", id)))).Status);
        var done = await admin.PostAsync($"/mailboxes/{Bob}/app-passwords?handler=Revoke", await admin.FormOfAsync("/", ("Input.Id", id)));

        Assert.Equal($"/mailboxes/{Bob}/app-passwords", done.Location);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
    }

    [MariaDbFact]
    public async Task They_go_into_the_recycle_bin_with_the_mailbox_and_come_back()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var secret = await AddAsync(await panel.SignedInAsync(Bob), "Phone");
        var admin = await panel.SignedInAsync();

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
        await admin.SubmitAsync($"/recycle-bin/{await panel.SqlAsync("SELECT id FROM recycled_items")}");

        Assert.Equal("1", await panel.SqlAsync($"SELECT COUNT(*) FROM app_passwords p JOIN mailboxes m ON m.id = p.mailbox_id WHERE p.digest = SHA2('{secret}', 256)"));
    }

    [MariaDbFact]
    public async Task Only_what_the_mailbox_may_use_is_offered_and_there_is_an_end_to_how_many()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("UPDATE mailboxes SET allows_pop3 = 0, allows_sieve = 0");
        var browser = await panel.SignedInAsync(Bob);

        var page = (await browser.GetAsync($"{Page}/add")).Page;
        Assert.Equal(["Input.AllowsImap", "Input.AllowsSmtp"], page.QuerySelectorAll("input[type=checkbox]").Select(box => box.GetAttribute("name")));

        await panel.SqlAsync("INSERT INTO app_passwords (mailbox_id, name, digest, allows_imap, allows_pop3, allows_smtp, allows_sieve, created_at) SELECT 1, seq, SHA2(seq, 256), 1, 0, 0, 0, NOW(6) FROM seq_1_to_50");
        var refused = await browser.SubmitAsync($"{Page}/add", ("Input.Name", "Phone"), ("Input.CurrentPassword", Panel.Password));
        Assert.Contains("can have 50 app passwords", refused.Text, StringComparison.Ordinal);
    }

    private static async Task<string> AddAsync(Browser browser, string name)
    {
        var saved = await browser.SubmitAsync($"{Page}/add", ("Input.Name", name), ("Input.CurrentPassword", Panel.Password));
        Assert.Equal(Page, saved.Location);
        return Secret().Match((await browser.GetAsync(Page)).Text).Value;
    }

    [GeneratedRegex("[a-z2-9]{6}(-[a-z2-9]{6}){3}")]
    private static partial Regex Secret();
}
