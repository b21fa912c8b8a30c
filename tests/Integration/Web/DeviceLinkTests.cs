using System.Globalization;
using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Tests.Support.ClientFormats;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>An owner sets up a device by a link that brings an app password along, once; whoever comes later, guesses or only looks gets nothing.</summary>
public sealed class DeviceLinkTests
{
    private const string Form = "/me/devices/apple";

    [MariaDbFact]
    public async Task The_link_brings_a_profile_with_an_app_password_of_its_own_once()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        var link = await MadeAsync(owner);

        // A program that shows previews opens it, as often as it wants.
        var device = panel.Browser("203.0.113.9");
        for (var i = 0; i < 2; i++) Assert.Equal("Set up this device", (await device.GetAsync(link)).Title);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
        var taken = await device.SubmitAsync(link);

        Assert.Equal(("application/x-apple-aspen-config", "no-store"), (taken.Header("Content-Type"), taken.Header("Cache-Control")));
        Assert.Contains("mail.mobileconfig", taken.Header("Content-Disposition"), StringComparison.Ordinal);
        var profile = MailProfile.Parse(taken.Text);
        var password = profile.Incoming.Password!;
        Assert.Equal((Bob, new ProfileServer("mail.example.net", 993, true, Bob, password), new ProfileServer("mail.example.net", 465, true, Bob, password)), (profile.Address, profile.Incoming, profile.Outgoing));
        var name = string.Create(CultureInfo.InvariantCulture, $"iPhone, iPad or Mac, {DateTime.UtcNow:yyyy-MM-dd}");
        Assert.Equal($"{name}\t1\t1\t0\t1\t0\tNULL", await panel.SqlAsync($"SELECT name, digest = SHA2('{password}', 256), allows_imap, allows_pop3, allows_smtp, allows_sieve, expires_at FROM app_passwords"));
        Assert.Contains(name, (await owner.GetAsync("/me/app-passwords")).Text, StringComparison.Ordinal);
        Assert.Equal(
            "mailbox.make-device-link bob@example.org bob@example.org 1,mailbox.add-app-password bob@example.org bob@example.org 1",
            await panel.SqlAsync("SELECT GROUP_CONCAT(CONCAT_WS(' ', action, actor, subject, domain_id) ORDER BY id) FROM audit_entries WHERE action LIKE 'mailbox.%'"));
        await AssertGoneAsync(panel, link, "once it was used");
        Assert.Equal("1\t0", await panel.SqlAsync("SELECT (SELECT COUNT(*) FROM app_passwords), (SELECT COUNT(*) FROM mail_links)"));
        Assert.DoesNotContain(password, await panel.SqlAsync("SELECT CONCAT_WS(' ', `before`, `after`) FROM audit_entries"), StringComparison.Ordinal);
        foreach (var secret in new[] { password, link.Split(':')[^1] }) Assert.DoesNotContain(secret, panel.Log(), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Another_device_on_the_same_day_has_a_password_of_its_own()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);

        var passwords = new List<string?>();
        for (var i = 0; i < 2; i++) passwords.Add(MailProfile.Parse((await panel.Browser().SubmitAsync(await MadeAsync(owner))).Text).Incoming.Password);

        Assert.Equal(2, passwords.Distinct().Count());
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords WHERE name LIKE '% (2)'"));
    }

    [MariaDbFact]
    public async Task It_is_shown_once_and_only_to_whoever_knows_the_password()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        foreach (var password in new[] { "", "Nine-green-herons-8" })
            Assert.Equal(HttpStatusCode.OK, (await owner.SubmitAsync(Form, ("Input.CurrentPassword", password))).Status);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM mail_links"));

        var link = await MadeAsync(owner);

        Assert.DoesNotContain("/device?link=", (await owner.GetAsync(Form)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await panel.Browser().GetAsync(link)).Status);
    }

    /// <summary>Whoever asks names the host of the request, and the device would be led there.</summary>
    [MariaDbFact]
    public async Task It_has_the_panels_own_address_whatever_the_request_called_it()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        using var content = new FormUrlEncodedContent((await owner.FormOfAsync(Form, ("Input.CurrentPassword", Panel.Password))).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        var request = new HttpRequestMessage(HttpMethod.Post, Form) { Content = content };
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        await owner.SendAsync(request);

        Assert.StartsWith("http://localhost/device?link=", LinkIn(await owner.GetAsync(Form)), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task It_is_good_for_nothing_once_its_reason_is_gone()
    {
        (string Sql, string When)[] cases =
        [
            ("UPDATE mail_links SET expires_at = UTC_TIMESTAMP(6)", "an hour later"),
            ("UPDATE mailboxes SET password_changed_at = UTC_TIMESTAMP(6)", "once the password was changed"),
            ("UPDATE addresses SET is_active = 0", "of a mailbox that is inactive"),
            ("UPDATE addresses SET active_until = '2026-01-01'", "of a mailbox whose time is over"),
            ("UPDATE addresses SET address = 'robert@example.org' WHERE id = 1", "of a mailbox with another name"),
            ("UPDATE domains SET is_active = 0", "of a domain that is inactive"),
            ("UPDATE domains SET password_max_age_days = 1; UPDATE mailboxes SET password_changed_at = '2026-01-01'", "of a password that is too old"),
            ($"UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~OwnerRights.DeviceSetup)}", "where owners no longer set up devices"),
            ($"UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~OwnerRights.AppPasswords)}", "where owners no longer have app passwords"),
            ($"UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~OwnerRights.Panel)}", "where owners no longer come here"),
            ("UPDATE mailboxes SET allows_imap = 0", "where IMAP is off"),
            ("UPDATE mailboxes SET allows_smtp = 0", "where sending is off"),
            ("UPDATE mailboxes SET allowed_networks = '198.51.100.0/24'", "from a network that is not allowed"),
            ("UPDATE mail_links SET kind = 'password'", "for something else"),
            ("UPDATE mail_links SET mailbox_id = 2, address = 'eve@example.org'", "of another mailbox"),
            ("UPDATE mail_links SET created_at = created_at + INTERVAL 1 SECOND", "that the database made up"),
            ("DELETE FROM mail_links", "once a newer one or the bin has taken its place"),
        ];
        await using var panel = await StartAsync();
        await panel.AddMailboxAsync(2, "eve@example.org");
        var owner = await panel.SignedInAsync(Bob);
        foreach (var (sql, when) in cases)
        {
            var link = await MadeAsync(owner);
            var open = panel.Browser();
            var page = await open.GetAsync(link);
            Assert.True(page.Title == "Set up this device", when);

            await panel.SqlAsync(sql);

            var sent = await open.SubmitAsync(page, link);
            Assert.True(sent.Status == HttpStatusCode.NotFound && sent.Title == "This link no longer works", when);
            await AssertGoneAsync(panel, link, when);
            Assert.Equal((when, "0"), (when, await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords")));
            await panel.SqlAsync($"""
                UPDATE domains SET is_active = 1, password_max_age_days = NULL, owner_rights = {(int)OwnerRights.All};
                UPDATE addresses SET is_active = 1, active_until = NULL; UPDATE addresses SET address = '{Bob}' WHERE id = 1;
                UPDATE mailboxes SET allows_imap = 1, allows_smtp = 1, allowed_networks = NULL, password_changed_at = '2026-01-01'; DELETE FROM mail_links
                """);
        }
    }

    [MariaDbFact]
    public async Task A_newer_link_takes_the_place_of_one_before()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);

        var (first, second) = (await MadeAsync(owner), await MadeAsync(owner));

        await AssertGoneAsync(panel, first, "once a newer one was made");
        Assert.Equal(HttpStatusCode.OK, (await panel.Browser().GetAsync(second)).Status);
    }

    [MariaDbFact]
    public async Task A_mailbox_that_comes_back_from_the_bin_comes_without_its_link()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var link = await MadeAsync(await panel.SignedInAsync(Bob));
        var admin = await panel.SignedInAsync();

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        await AssertGoneAsync(panel, link, "while its mailbox is in the bin");
        var item = await panel.SqlAsync("SELECT id FROM recycled_items");
        await admin.PostAsync($"/recycle-bin/{item}?handler=Restore", await admin.FormOfAsync($"/recycle-bin/{item}"));

        Assert.Equal("1\t0", await panel.SqlAsync("SELECT (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM mail_links)"));
        await AssertGoneAsync(panel, link, "once its mailbox is back");
    }

    [MariaDbFact]
    public async Task Of_taps_at_once_one_makes_a_password()
    {
        await using var panel = await StartAsync();
        var link = await MadeAsync(await panel.SignedInAsync(Bob));
        var pages = new List<(Browser Browser, Answer Page)>();
        for (var i = 0; i < 4; i++)
        {
            var browser = panel.Browser();
            pages.Add((browser, await browser.GetAsync(link)));
        }

        var answers = await Task.WhenAll(pages.Select(p => p.Browser.SubmitAsync(p.Page, link)));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], answers.Select(a => a.Status).Order());
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
    }

    [MariaDbFact]
    public async Task A_made_up_link_is_answered_as_one_that_was_used()
    {
        await using var panel = await StartAsync();
        var link = await MadeAsync(await panel.SignedInAsync(Bob));

        foreach (var made in new[] { "", "1", "1.", "1.none:0000", "99999999999999999999.x", "-1.x", "1.\u0000", Uri.UnescapeDataString(link.Split("link=")[1])[..^1] + "g" })
            await AssertGoneAsync(panel, $"/device?link={Uri.EscapeDataString(made)}", made);
        await AssertGoneAsync(panel, "/device", "none at all");
        Assert.Equal(HttpStatusCode.BadRequest, (await panel.Browser().PostAsync("/device", ("Link", Uri.UnescapeDataString(link.Split("link=")[1])))).Status);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
    }

    [MariaDbFact]
    public async Task Where_no_more_app_passwords_fit_the_link_is_kept()
    {
        await using var panel = await StartAsync();
        var link = await MadeAsync(await panel.SignedInAsync(Bob));
        await panel.SqlAsync("INSERT INTO app_passwords (mailbox_id, name, digest, allows_imap, allows_pop3, allows_smtp, allows_sieve, created_at) SELECT 1, CONCAT('p', seq), SHA2(seq, 256), 1, 0, 0, 0, NOW(6) FROM seq_1_to_50");
        var device = panel.Browser();

        var full = await device.SubmitAsync(link);
        await panel.SqlAsync("DELETE FROM app_passwords LIMIT 1");
        var fits = await device.SubmitAsync(link);

        Assert.Contains("50", full.Problems, StringComparison.Ordinal);
        Assert.Equal("application/x-apple-aspen-config", fits.Header("Content-Type"));
    }

    [MariaDbFact]
    public async Task The_page_names_the_password_that_mail_programs_are_let_in_with()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        Assert.Contains("the one you sign in with here", (await owner.GetAsync("/me/devices")).Text, StringComparison.Ordinal);

        await panel.SqlAsync("UPDATE mailboxes SET app_passwords_only = 1");

        Assert.Contains("an app password, another one for each program", (await owner.GetAsync("/me/devices")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Where_owners_have_no_app_passwords_there_is_the_profile_without()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        var with = (await owner.GetAsync("/me/devices")).Page;
        await panel.SqlAsync($"UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~OwnerRights.AppPasswords)}");

        var without = (await owner.GetAsync("/me/devices")).Page;

        Assert.Equal((true, false), (with.QuerySelector("main a[href='/me/devices/apple']") is not null, with.QuerySelector("main a[href$='handler=Profile']") is not null));
        Assert.Equal((false, true), (without.QuerySelector("main a[href='/me/devices/apple']") is not null, without.QuerySelector("main a[href$='handler=Profile']") is not null));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(Form)).Status);
        Assert.Null(MailProfile.Parse((await owner.GetAsync("/me/devices?handler=Profile")).Text).Incoming.Password);
    }

    private static async Task<Panel> StartAsync()
    {
        var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.net', NOW(6))");
        return panel;
    }

    /// <summary>Path and query of a link that the owner makes.</summary>
    private static async Task<string> MadeAsync(Browser owner)
    {
        var made = await owner.SubmitAsync(Form, ("Input.CurrentPassword", Panel.Password));
        Assert.Equal(Form, made.Location);
        return new Uri(LinkIn(await owner.GetAsync(Form))).PathAndQuery;
    }

    private static string LinkIn(Answer page) => page.Page.QuerySelector(".secret code")!.TextContent;

    private static async Task AssertGoneAsync(Panel panel, string link, string when)
    {
        var answer = await panel.Browser().GetAsync(link);
        Assert.True(answer.Status == HttpStatusCode.NotFound && answer.Title == "This link no longer works" && !answer.Text.Contains(Bob, StringComparison.Ordinal), $"{when}: {answer.Status} {answer.Title}");
    }
}
