using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AdminPanel.Data;
using AdminPanel.Tests.Integration.Operations;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.SelfService;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Back in after losing the password, by a link to an address that was confirmed before; and nobody else gets in that way.</summary>
public sealed partial class RecoveryTests
{
    private const string Home = "bob@home.example";
    private const string Next = "Eight-green-foxes-32";

    [MariaDbFact]
    public async Task An_address_is_chosen_confirmed_and_brings_the_owner_back_in()
    {
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        var owner = await panel.SignedInAsync(Bob);

        await owner.SubmitAsync("/me/recovery", ("Input.RecoveryAddress", Home), ("Input.CurrentPassword", Panel.Password));
        var confirm = await LinkAsync(post, 1);
        Assert.Contains("Not confirmed", (await owner.GetAsync("/me")).Text, StringComparison.Ordinal);
        // A mail server that looks at links confirms nothing.
        Assert.Contains(Home, (await panel.Browser().GetAsync(confirm)).Text, StringComparison.Ordinal);
        Assert.Equal("NULL", await panel.SqlAsync("SELECT confirmed_recovery_address FROM mailboxes"));
        await panel.Browser().SubmitAsync(confirm);
        Assert.Equal(Home, await panel.SqlAsync("SELECT confirmed_recovery_address FROM mailboxes"));

        var stranger = panel.Browser("203.0.113.9");
        var asked = await stranger.SubmitAsync("/forgotten", ("Input.Address", " Bob@EXAMPLE.org "));
        var link = await LinkAsync(post, 2);
        Assert.Equal("/forgotten?asked=True", asked.Location);
        var saved = await stranger.SubmitAsync(link, ("Input.NewPassword", Next));

        Assert.Equal("/sign-in", saved.Location);
        Assert.Contains("/sign-in", (await owner.GetAsync("/me")).Location, StringComparison.Ordinal);
        await panel.SignedInAsync(Bob, Next);
        Assert.Equal(HttpStatusCode.OK, (await panel.Browser().SignInAsync(Bob, Panel.Password)).Status);
        Assert.Equal(Bob, await panel.SqlAsync("SELECT DISTINCT mask FROM session_ends"));
        Assert.Equal((Home, "The password of bob@example.org was changed"), (await MessageAsync(post, 3) is var told ? told.To : "", Subject(told)));
        // Once, and no more.
        Assert.Contains("no longer works", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal("mailbox.choose-recovery,mailbox.confirm-recovery,mailbox.send-password-link,mailbox.set-password", await panel.SqlAsync("SELECT GROUP_CONCAT(action ORDER BY id) FROM audit_entries WHERE action LIKE 'mailbox.%'"));
    }

    /// <summary>Whoever asks names the host of the request, and would be sent the owner's click.</summary>
    [MariaDbFact]
    public async Task A_link_has_the_panels_own_address_whatever_the_request_called_it()
    {
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        await ConfirmedAsync(panel);
        var attacker = panel.Browser();
        var token = (await attacker.GetAsync("/forgotten")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("Input.Address", Bob), KeyValuePair.Create("__RequestVerificationToken", token)]);
        var request = new HttpRequestMessage(HttpMethod.Post, "/forgotten") { Content = content };
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        await attacker.SendAsync(request);

        Assert.StartsWith("http://localhost/forgotten/new?link=", (await MessageAsync(post, 1)).Link(), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Whoever_gets_no_link_reads_what_everybody_reads()
    {
        (string Address, string Sql, string Who)[] cases =
        [
            ("nobody@example.org", "", "nobody"),
            (Bob, "UPDATE mailboxes SET recovery_address = NULL, confirmed_recovery_address = NULL", "a mailbox without an address"),
            (Bob, "UPDATE mailboxes SET confirmed_recovery_address = NULL", "an address that was not confirmed"),
            (Bob, "UPDATE mailboxes SET recovery_address = 'else@home.example'", "an address that is not the one that was confirmed"),
            (Bob, "UPDATE addresses SET is_active = 0", "an inactive mailbox"),
            (Bob, "UPDATE mailboxes SET allowed_networks = '198.51.100.0/24'", "somebody from a network that the mailbox does not allow"),
            (Panel.Login, "", "an admin"),
            (Bob, "INSERT INTO mail_links (kind, mailbox_id, address, created_at, expires_at) VALUES ('password', 1, 'bob@home.example', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 HOUR)", "somebody who asked a moment ago"),
        ];
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        foreach (var (address, sql, who) in cases)
        {
            await ConfirmedAsync(panel);
            if (sql.Length > 0) await panel.SqlAsync(sql);
            var browser = panel.Browser();
            var page = await browser.GetAsync("/forgotten");
            var started = System.Diagnostics.Stopwatch.GetTimestamp();

            var answer = await browser.SubmitAsync(page, "/forgotten", ("Input.Address", address));

            Assert.True(answer.Location == "/forgotten?asked=True", $"{who}: {answer.Status}");
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) >= Panel.Floor - TimeSpan.FromMilliseconds(20), $"{who} is answered sooner");
            Assert.Equal((who, "0"), (who, await panel.SqlAsync("SELECT COUNT(*) FROM notices")));
        }
        Assert.Empty(post.Messages);
    }

    [MariaDbFact]
    public async Task A_link_is_good_for_nothing_once_its_reason_is_gone()
    {
        (string Sql, string When)[] cases =
        [
            ("UPDATE mail_links SET expires_at = UTC_TIMESTAMP(6)", "an hour later"),
            ("UPDATE mailboxes SET password_changed_at = UTC_TIMESTAMP(6)", "once the password was changed otherwise"),
            ("UPDATE mailboxes SET recovery_address = 'else@home.example', confirmed_recovery_address = 'else@home.example'", "once another address is good"),
            ("UPDATE addresses SET is_active = 0", "of a mailbox that is inactive"),
            ("UPDATE domains SET is_active = 0", "of a domain that is inactive"),
            ("UPDATE mailboxes SET allowed_networks = '198.51.100.0/24'", "from a network that is not allowed"),
            ("UPDATE mail_links SET kind = 'recovery'", "for something else"),
            ("UPDATE mail_links SET created_at = created_at + INTERVAL 1 SECOND", "that the database made up"),
        ];
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        var before = await panel.SqlAsync("SELECT password_hash FROM mailboxes");
        foreach (var (sql, when) in cases)
        {
            await ConfirmedAsync(panel);
            var link = await AskedAsync(panel);
            var open = await panel.Browser().GetAsync($"/forgotten/new?link={Uri.EscapeDataString(link)}");

            await panel.SqlAsync(sql);
            var late = await panel.Browser().GetAsync($"/forgotten/new?link={Uri.EscapeDataString(link)}");
            var sent = await SendAsync(panel, link);

            Assert.Contains("New password", open.Title, StringComparison.Ordinal);
            Assert.True(late.Text.Contains("no longer works", StringComparison.Ordinal), when);
            Assert.True(sent.Status == HttpStatusCode.OK && sent.Text.Contains("no longer works", StringComparison.Ordinal), when);
            Assert.Equal((when, before), (when, await panel.SqlAsync("SELECT password_hash FROM mailboxes")));
        }
    }

    [MariaDbFact]
    public async Task Of_two_who_use_a_link_at_once_one_does()
    {
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        await ConfirmedAsync(panel);
        var link = await AskedAsync(panel);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(panel, link)));

        Assert.Single(answers, a => a.Location == "/sign-in");
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'mailbox.set-password'"));
    }

    [MariaDbFact]
    public async Task A_made_up_link_is_good_for_nothing()
    {
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        await ConfirmedAsync(panel);
        await AskedAsync(panel);

        foreach (var link in new[] { "", "1", "1.", "1.none:0000", "99999999999999999999.x", "-1.x", "1.\u0000" })
        foreach (var path in new[] { "/forgotten/new", "/recovery" })
            Assert.True((await panel.Browser().GetAsync($"{path}?link={Uri.EscapeDataString(link)}")).Text.Contains("no longer works", StringComparison.Ordinal), $"{path}: {link}");
    }

    [MariaDbFact]
    public async Task An_address_that_could_not_help_is_refused()
    {
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        await panel.SqlAsync("""
            INSERT INTO domains (id, name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES (2, 'alias.example', 'alias', 1, 'hosted', 1, 0, 0, 0, 1, NOW(6), NOW(6));
            INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES (50, 'sales@example.org', 1, 'alias', 1), (51, 'shop@example.org', 1, 'alias', 1), (52, '@example.org', 1, 'catch_all', 1);
            INSERT INTO aliases (id, address_id, kind, version, created_at, updated_at) VALUES (50, 50, 'alias', 1, NOW(6), NOW(6)), (51, 51, 'alias', 1, NOW(6), NOW(6)), (52, 52, 'catch_all', 1, NOW(6), NOW(6));
            INSERT INTO destinations (address_id, address, local_part, domain_name) VALUES (50, 'bob@example.org', 'bob', 'example.org'), (51, 'sales@example.org', 'sales', 'example.org'), (52, 'bob@example.org', 'bob', 'example.org')
            """);
        var owner = await panel.SignedInAsync(Bob);

        // The mailbox itself, under each of its names, by one alias after the other, as the catch-all's; and what is no address, or two.
        foreach (var address in new[] { Bob, "bob@alias.example", "bob+back@example.org", "sales@example.org", "shop@example.org", "anything@example.org", "no address", "a@b.example c@d.example" })
        {
            var answer = await owner.SubmitAsync("/me/recovery", ("Input.RecoveryAddress", address), ("Input.CurrentPassword", Panel.Password));
            Assert.True(answer.Status == HttpStatusCode.OK && answer.Page.QuerySelector("#Input_RecoveryAddress")!.GetAttribute("aria-invalid") == "true", address);
        }
        Assert.Equal("NULL", await panel.SqlAsync("SELECT recovery_address FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task An_open_browser_alone_chooses_no_recovery_address()
    {
        await using var post = new PostOffice();
        await using var panel = await StartAsync(post);
        var owner = await panel.SignedInAsync(Bob);

        foreach (var password in new[] { "", "Nine-green-herons-8" })
            Assert.Equal(HttpStatusCode.OK, (await owner.SubmitAsync("/me/recovery", ("Input.RecoveryAddress", Home), ("Input.CurrentPassword", password))).Status);
        Assert.Equal("NULL", await panel.SqlAsync("SELECT recovery_address FROM mailboxes"));
    }

    internal static Task<Panel> StartAsync(PostOffice post) => OwnPanel.StartAsync(string.Create(CultureInfo.InvariantCulture, $"--MailServer:internal_smtp_listen=127.0.0.1:{post.Port}"));

    /// <summary>Everything as it was before somebody asked.</summary>
    internal static Task<string> ConfirmedAsync(Panel panel) => panel.SqlAsync($"""
        UPDATE mailboxes SET recovery_address = '{Home}', confirmed_recovery_address = '{Home}', password_changed_at = '2026-01-01', allowed_networks = NULL;
        UPDATE addresses SET is_active = 1; UPDATE domains SET is_active = 1; DELETE FROM mail_links; DELETE FROM sign_in_budgets
        """);

    /// <summary>Somebody asks for a link; what stands in it.</summary>
    internal static async Task<string> AskedAsync(Panel panel)
    {
        await panel.Browser().SubmitAsync("/forgotten", ("Input.Address", Bob));
        await using var scope = panel.Services.CreateAsyncScope();
        var link = await scope.ServiceProvider.GetRequiredService<AdminDb>().MailLinks.SingleAsync();
        return Uri.UnescapeDataString(scope.ServiceProvider.GetRequiredService<MailLinks>().Url(link).Split("link=")[1]);
    }

    private static async Task<Answer> SendAsync(Panel panel, string link)
    {
        var sender = panel.Browser();
        var token = (await sender.GetAsync("/forgotten")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await sender.PostAsync("/forgotten/new", ("Input.Link", link), ("Input.NewPassword", Next), ("__RequestVerificationToken", token));
    }

    private static async Task<Taken> MessageAsync(PostOffice post, int number)
    {
        for (var started = System.Diagnostics.Stopwatch.GetTimestamp(); post.Messages.Count < number; await Task.Delay(50))
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), $"message {number} was not sent");
        return post.Messages[number - 1];
    }

    /// <summary>Path and query of the link in a message.</summary>
    private static async Task<string> LinkAsync(PostOffice post, int number) => new Uri((await MessageAsync(post, number)).Link()).PathAndQuery;

    private static string Subject(Taken message) => SubjectLine().Match(message.Message).Groups[1].Value.Trim();

    [GeneratedRegex("^Subject: (.*)$", RegexOptions.Multiline)]
    private static partial Regex SubjectLine();
}

internal static partial class TakenLinks
{
    /// <summary>The link in the text of a message.</summary>
    public static string Link(this Taken taken) => Address().Match(QuotedPrintable.Decode(taken.Message)).Value;

    [GeneratedRegex(@"http://\S+\?link=[^\s""<]+")]
    private static partial Regex Address();
}
