using System.Net;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>A mailbox owner comes in by the same door as an admin, and reaches the own mailbox and nothing else.</summary>
public sealed class SelfServiceTests
{
    // From `openssl passwd -5 -salt saltstring 'Seven-brown-foxes-31'`: a scheme that is weaker than what the panel makes now.
    private const string WeakHash = "{SHA256-CRYPT}$5$saltstring$RRHAT/9oKt9QaEEoJ2l7XnIRcyWOtr6Kg.DG1J3TwgB";

    [MariaDbTheory]
    [InlineData("bob@example.org", "the address")]
    [InlineData("  Bob@EXAMPLE.org ", "as a phone's keyboard writes it")]
    [InlineData("bob@alias.example", "the same name in an alias domain")]
    [InlineData("bob@b\u00fccher.example", "in an alias domain, as people write it")]
    public async Task An_owner_signs_in_as_at_a_mail_program_and_lands_on_the_own_mailbox(string login, string why)
    {
        await using var panel = await OwnPanel.StartAsync();
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
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);

        foreach (var path in new[] { "/domains", "/mailboxes", $"/mailboxes/{Bob}", "/aliases", "/audit", "/admins", "/find?q=bob", "/jobs", "/mail-server", "/account/password" })
            Assert.True((await browser.GetAsync(path)).Status == HttpStatusCode.NotFound, path);
        var own = await browser.GetAsync("/me");
        Assert.Empty(own.Page.QuerySelectorAll("a[href='/domains'], form[action='/find']"));
    }

    [MariaDbFact]
    public async Task An_admin_has_no_own_mailbox_and_sees_no_owner_among_the_admins()
    {
        await using var panel = await OwnPanel.StartAsync();
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
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Bob, "Another-admin-password-9");

        Assert.Equal("/me", (await (await panel.SignedInAsync(Bob)).GetAsync("/")).Location);
        Assert.Equal(HttpStatusCode.OK, (await (await panel.SignedInAsync(Bob, "Another-admin-password-9")).GetAsync("/")).Status);
    }

    [MariaDbFact]
    public async Task An_admin_who_may_not_sign_in_does_not_stand_in_the_way_of_the_mailbox()
    {
        await using var panel = await OwnPanel.StartAsync();
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
        await using var panel = await OwnPanel.StartAsync();
        var open = await panel.SignedInAsync(Bob);

        await panel.SqlAsync(sql);
        var answer = await panel.Browser().SignInAsync(Bob, Panel.Password);

        Assert.True(answer.Status == HttpStatusCode.OK && answer.Problems.Contains("do not go together", StringComparison.Ordinal), $"{who} got {answer.Status}");
        Assert.True((await open.GetAsync("/me")).Location?.Contains("/sign-in", StringComparison.Ordinal), $"the session of {who} went on");
    }

    [MariaDbFact]
    public async Task An_allowed_network_is_let_in()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("UPDATE mailboxes SET allowed_networks = '198.51.100.0/24,2001:db8::/32'");

        Assert.Equal(HttpStatusCode.OK, (await (await panel.SignedInAsync(Bob, source: "198.51.100.9")).GetAsync("/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await panel.SignedInAsync(Bob, source: "2001:db8::9")).GetAsync("/me")).Status);
    }

    [MariaDbFact]
    public async Task Whoever_has_a_mailbox_of_the_same_name_again_is_somebody_else()
    {
        await using var panel = await OwnPanel.StartAsync();
        var before = await panel.SignedInAsync(Bob);

        await panel.SqlAsync("DELETE FROM addresses");
        await panel.AddMailboxAsync(7, Bob);

        Assert.Contains("/sign-in", (await before.GetAsync("/me")).Location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_weak_hash_is_replaced_at_the_sign_in_and_sessions_go_on()
    {
        await using var panel = await OwnPanel.StartAsync();
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
        await using var panel = await OwnPanel.StartAsync();

        var browsers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => panel.SignedInAsync(Bob)));

        foreach (var browser in browsers) Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).Status);
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM accounts"));
    }
}
