using System.Net;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>A mailbox owner comes in by the same door as an admin, and reaches the own mailbox and nothing else.</summary>
public sealed class SelfServiceTests
{
    private const string Bob = "bob@example.org";

    // From `openssl passwd -5 -salt saltstring 'Seven-brown-foxes-31'`: a scheme that is weaker than what the panel makes now.
    private const string WeakHash = "{SHA256-CRYPT}$5$saltstring$RRHAT/9oKt9QaEEoJ2l7XnIRcyWOtr6Kg.DG1J3TwgB";

    [MariaDbTheory]
    [InlineData("bob@example.org", "the address")]
    [InlineData("  Bob@EXAMPLE.org ", "as a phone's keyboard writes it")]
    [InlineData("bob@alias.example", "the same name in an alias domain")]
    [InlineData("bob@b\u00fccher.example", "in an alias domain, as people write it")]
    public async Task An_owner_signs_in_as_at_a_mail_program_and_lands_on_the_own_mailbox(string login, string why)
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync("""
            INSERT INTO domains (id, name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES
              (2, 'alias.example', 'alias', 1, 'hosted', 1, 0, 0, 0, 1, NOW(6), NOW(6)), (3, 'xn--bcher-kva.example', 'alias', 1, 'hosted', 1, 0, 0, 0, 1, NOW(6), NOW(6))
            """);
        var browser = panel.Browser("203.0.113.7");

        var answer = await browser.SignInAsync(login, Panel.Password);
        var start = await browser.GetAsync(answer.Location!);
        var own = await browser.GetAsync(start.Location!);

        Assert.True((answer.Location, start.Location) == ("/", "/me"), why);
        Assert.Contains("bob@example.org", own.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("bob@alias.example", own.Text, StringComparison.Ordinal);
        Assert.Equal("bob@example.org\t203.0.113.7\taccount.sign-in\tbob@example.org\t1", await panel.SqlAsync("SELECT actor, source, action, subject, domain_id FROM audit_entries"));
        Assert.Equal("mailbox_owner\tNULL\tNULL\t1", await panel.SqlAsync("SELECT kind, login, password_hash, mailbox_id FROM accounts"));
    }

    [MariaDbFact]
    public async Task An_owner_finds_none_of_the_admins_pages()
    {
        await using var panel = await StartAsync();
        var browser = await panel.SignedInAsync(Bob);

        foreach (var path in new[] { "/domains", "/mailboxes", $"/mailboxes/{Bob}", "/aliases", "/audit", "/admins", "/find?q=bob", "/jobs", "/mail-server", "/account/password" })
            Assert.True((await browser.GetAsync(path)).Status == HttpStatusCode.NotFound, path);
        var own = await browser.GetAsync("/me");
        Assert.Empty(own.Page.QuerySelectorAll("a[href='/domains'], form[action='/find']"));
    }

    [MariaDbFact]
    public async Task An_admin_has_no_own_mailbox_and_sees_no_owner_among_the_admins()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SignedInAsync(Bob);
        var admin = await panel.SignedInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/me")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/me/password")).Status);
        Assert.DoesNotContain(Bob, (await admin.GetAsync("/admins")).Text.Split("<main", 2)[1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/admins/{Bob}")).Status);
    }

    [MariaDbFact]
    public async Task Of_an_admin_and_a_mailbox_with_one_name_the_password_says_which_is_meant()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Bob, "Another-admin-password-9");

        Assert.Equal("/me", (await (await panel.SignedInAsync(Bob)).GetAsync("/")).Location);
        Assert.Equal(HttpStatusCode.OK, (await (await panel.SignedInAsync(Bob, "Another-admin-password-9")).GetAsync("/")).Status);
    }

    [MariaDbFact]
    public async Task An_admin_who_may_not_sign_in_does_not_stand_in_the_way_of_the_mailbox()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Bob, Panel.Password);
        await panel.SqlAsync("UPDATE accounts SET is_active = 0");

        Assert.Equal("/me", (await (await panel.SignedInAsync(Bob)).GetAsync("/")).Location);
    }

    [MariaDbTheory]
    [InlineData("UPDATE addresses SET is_active = 0", "an inactive mailbox")]
    [InlineData("UPDATE addresses SET active_from = NOW(6) + INTERVAL 1 DAY", "one whose time has not come")]
    [InlineData("UPDATE addresses SET active_until = NOW(6) - INTERVAL 1 DAY", "one whose time is over")]
    [InlineData("UPDATE domains SET is_active = 0", "an inactive domain")]
    [InlineData("UPDATE mailboxes SET allowed_networks = '198.51.100.0/24,2001:db8::/32'", "somebody from a network that the mailbox does not allow")]
    public async Task Whoever_may_not_sign_in_with_a_mail_program_stays_out_and_an_open_session_ends(string sql, string who)
    {
        await using var panel = await StartAsync();
        var open = await panel.SignedInAsync(Bob);

        await panel.SqlAsync(sql);
        var answer = await panel.Browser().SignInAsync(Bob, Panel.Password);

        Assert.True(answer.Status == HttpStatusCode.OK && answer.Problems.Contains("do not go together", StringComparison.Ordinal), $"{who} got {answer.Status}");
        Assert.True((await open.GetAsync("/me")).Location?.Contains("/sign-in", StringComparison.Ordinal), $"the session of {who} went on");
    }

    [MariaDbFact]
    public async Task An_allowed_network_is_let_in()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync("UPDATE mailboxes SET allowed_networks = '198.51.100.0/24,2001:db8::/32'");

        Assert.Equal(HttpStatusCode.OK, (await (await panel.SignedInAsync(Bob, source: "198.51.100.9")).GetAsync("/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await panel.SignedInAsync(Bob, source: "2001:db8::9")).GetAsync("/me")).Status);
    }

    [MariaDbFact]
    public async Task Whoever_has_a_mailbox_of_the_same_name_again_is_somebody_else()
    {
        await using var panel = await StartAsync();
        var before = await panel.SignedInAsync(Bob);

        await panel.SqlAsync("DELETE FROM addresses");
        await AddBobAsync(panel, 7);

        Assert.Contains("/sign-in", (await before.GetAsync("/me")).Location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_new_password_holds_at_once_and_ends_every_other_session()
    {
        await using var panel = await StartAsync();
        var (other, here) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync(Bob));

        var saved = await here.SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Eight-green-foxes-32"));

        Assert.Equal("/me", saved.Location);
        Assert.Contains("The password was changed", (await here.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in", (await other.GetAsync("/me")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await panel.Browser().SignInAsync(Bob, Panel.Password)).Status);
        await panel.SignedInAsync(Bob, "Eight-green-foxes-32");
        Assert.Equal("bob@example.org\tmailbox.set-password\tbob@example.org\t1", await panel.SqlAsync("SELECT actor, action, subject, domain_id FROM audit_entries WHERE action LIKE 'mailbox.%'"));
        // Open mail programs are ended by the agent on the mail server, which reads this.
        Assert.Equal("bob@example.org", await panel.SqlAsync("SELECT mask FROM session_ends"));
    }

    [MariaDbTheory]
    [InlineData("Nine-green-herons-8", "Eight-green-foxes-32", "CurrentPassword", "This is not your current password", "the old one is wrong")]
    [InlineData("", "Eight-green-foxes-32", "CurrentPassword", "", "the old one is missing")]
    [InlineData(Panel.Password, "short", "NewPassword", "12", "too short")]
    [InlineData(Panel.Password, "bob@example.org", "NewPassword", "", "the address itself")]
    [InlineData(Panel.Password, Panel.Password, "NewPassword", "password you have now", "the old one again")]
    [InlineData(Panel.Password, "", "NewPassword", "", "nothing")]
    public async Task A_refused_password_says_why_and_changes_nothing(string current, string next, string field, string sentence, string why)
    {
        await using var panel = await StartAsync();
        var browser = await panel.SignedInAsync(Bob);
        var before = await panel.SqlAsync("SELECT password_hash, version FROM mailboxes");

        var answer = await browser.SubmitAsync("/me/password", ("Input.CurrentPassword", current), ("Input.NewPassword", next));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Page.QuerySelector($"[name='Input.{field}']")!.GetAttribute("aria-invalid") == "true", why);
        Assert.Contains(sentence, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Panel.Password, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await panel.SqlAsync("SELECT password_hash, version FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task A_password_that_an_admin_sets_ends_the_owners_sessions()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var (owner, admin) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync());

        await admin.SubmitAsync($"/mailboxes/{Bob}/password", ("Input.Password", "Eight-green-foxes-32"));

        Assert.Contains("/sign-in", (await owner.GetAsync("/me")).Location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_password_that_is_too_old_opens_the_page_that_changes_it_and_no_other()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync("UPDATE domains SET password_max_age_days = 30; UPDATE mailboxes SET password_changed_at = NOW(6) - INTERVAL 31 DAY");
        var browser = await panel.SignedInAsync(Bob);

        Assert.Equal("/me/password", (await browser.GetAsync("/me")).Location);
        Assert.Equal("/me/password", (await browser.GetAsync("/me/sign-ins")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains")).Status);
        Assert.Contains("too old", (await browser.GetAsync("/me/password")).Text, StringComparison.Ordinal);
        await browser.SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Eight-green-foxes-32"));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).Status);
    }

    [MariaDbFact]
    public async Task A_weak_hash_is_replaced_at_the_sign_in_and_sessions_go_on()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync($"UPDATE mailboxes SET password_hash = '{WeakHash}'");
        var first = await panel.SignedInAsync(Bob);

        var hash = await panel.SqlAsync("SELECT password_hash FROM mailboxes");
        await panel.SignedInAsync(Bob);

        Assert.StartsWith("{ARGON2ID}$argon2id$", hash, StringComparison.Ordinal);
        Assert.Equal(hash, await panel.SqlAsync("SELECT password_hash FROM mailboxes"));
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/me")).Status);
        Assert.Equal("", await panel.SqlAsync("SELECT mask FROM session_ends"));
    }

    [MariaDbFact]
    public async Task Two_first_sign_ins_at_once_make_one_account()
    {
        await using var panel = await StartAsync();

        var browsers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => panel.SignedInAsync(Bob)));

        foreach (var browser in browsers) Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).Status);
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM accounts"));
    }

    [MariaDbFact]
    public async Task The_own_page_shows_what_arrives_where_and_what_needs_attention()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync("""
            UPDATE mailboxes SET quota_bytes = 1000000, keeps_copy = 0, recovery_address = 'bob@home.example', allows_pop3 = 0;
            INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('bob@example.org', 950000, 17);
            INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES (50, 'sales@example.org', 1, 'alias', 1), (51, 'old@example.org', 1, 'alias', 0), (52, 'ann@example.org', 1, 'mailbox', 1);
            INSERT INTO aliases (id, address_id, kind, version, created_at, updated_at) VALUES (50, 50, 'alias', 1, NOW(6), NOW(6)), (51, 51, 'alias', 1, NOW(6), NOW(6));
            INSERT INTO mailboxes (id, address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at) VALUES (52, 52, 'mailbox', 'x', NOW(6), 'ann', 1, 1, NOW(6), NOW(6));
            INSERT INTO destinations (address_id, address, local_part, domain_name) VALUES (1, 'far@elsewhere.example', 'far', 'elsewhere.example'),
              (50, 'bob@example.org', 'bob', 'example.org'), (51, 'bob@example.org', 'bob', 'example.org'), (52, 'bob@example.org', 'bob', 'example.org')
            """);
        var browser = await panel.SignedInAsync(Bob);

        var text = (await browser.GetAsync("/me")).Page.QuerySelector("main")!.TextContent;

        Assert.Contains("nearly full", text, StringComparison.Ordinal);
        Assert.Contains("none is kept here", text, StringComparison.Ordinal);
        Assert.Contains("17 messages", text, StringComparison.Ordinal);
        Assert.Contains("sales@example.org", text, StringComparison.Ordinal);
        Assert.Contains("far@elsewhere.example", text, StringComparison.Ordinal);
        Assert.Contains("bob@home.example", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old@example.org", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fetch over POP3", text, StringComparison.Ordinal);
        // That ann forwards is ann's business.
        Assert.DoesNotContain("ann@example.org", text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_owner_takes_along_what_the_panel_knows_and_nothing_of_whoever_had_the_address_before()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync("""
            INSERT INTO audit_entries (at, actor, source, request_id, action, subject, domain_id) VALUES
              ('2020-01-01', 'predecessor', '198.51.100.9', 'r', 'mailbox.update', 'bob@example.org', 1), (NOW(6), 'admin@example.org', '198.51.100.7', 'r', 'mailbox.update', 'bob@example.org', 1), (NOW(6), 'x', NULL, 'r', 'mailbox.update', 'ann@example.org', 1);
            INSERT INTO mailbox_sign_ins (mailbox_id, service, remote_address, first_at, last_at, times) VALUES (1, 'imap', '203.0.113.5', NOW(6), NOW(6), 3)
            """);
        var browser = await panel.SignedInAsync(Bob);

        var answer = await browser.GetAsync("/export/me");
        using var data = System.Text.Json.JsonDocument.Parse(answer.Text);

        Assert.Equal("attachment; filename=mailbox.json; filename*=UTF-8''mailbox.json", answer.Header("Content-Disposition"));
        Assert.Equal(Bob, data.RootElement.GetProperty("mailbox").GetProperty("address").GetString());
        Assert.Equal("203.0.113.5", data.RootElement.GetProperty("signIns").GetProperty("accepted")[0].GetProperty("remoteAddress").GetString());
        Assert.Equal(["mailbox.update admin@example.org", "account.sign-in bob@example.org"], data.RootElement.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("action").GetString()} {c.GetProperty("by").GetString()}"));
        // Where an admin works from is the admin's.
        Assert.DoesNotContain("198.51.100", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ARGON2", answer.Text, StringComparison.Ordinal);
        Assert.Equal("mailbox.export", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"));
    }

    [MariaDbFact]
    public async Task The_account_goes_into_the_recycle_bin_with_its_mailbox_and_comes_back()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var owner = await panel.SignedInAsync(Bob);
        await owner.PostAsync("/appearance?handler=Language", await FormOfAsync(owner, "/me", ("language", "de")));
        var admin = await panel.SignedInAsync();

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        var gone = await panel.Browser().SignInAsync(Bob, Panel.Password);
        var item = await panel.SqlAsync("SELECT id FROM recycled_items");
        await admin.SubmitAsync($"/recycle-bin/{item}");

        Assert.Equal(HttpStatusCode.OK, gone.Status);
        await panel.SignedInAsync(Bob);
        Assert.Equal("de", await panel.SqlAsync("SELECT language FROM accounts WHERE kind = 'mailbox_owner'"));
    }

    private static async Task<(string, string)[]> FormOfAsync(Browser browser, string path, params (string, string)[] fields)
    {
        var page = await browser.GetAsync(path);
        return [.. fields, ("__RequestVerificationToken", page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)];
    }

    private static async Task<Panel> StartAsync()
    {
        var panel = await Panel.StartAsync();
        await panel.SqlAsync("""
            INSERT INTO domains (id, name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            VALUES (1, 'example.org', 'hosted', 1, 1, 0, 0, 1, NOW(6), NOW(6))
            """);
        await AddBobAsync(panel, 1);
        return panel;
    }

    private static Task<string> AddBobAsync(Panel panel, int id) => panel.SqlAsync($"""
        INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES ({id}, 'bob@example.org', 1, 'mailbox', 1);
        INSERT INTO mailboxes (id, address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
        VALUES ({id}, {id}, 'mailbox', '{panel.Services.GetRequiredService<PasswordHasher>().Hash(Panel.Password)}', NOW(6), 'home{id}', 1, 1, NOW(6), NOW(6))
        """);
}
