using System.Net;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What mailbox owners read of their own mailbox, and what becomes of their account.</summary>
public sealed class OwnPagesTests
{
    [MariaDbFact]
    public async Task The_own_page_shows_what_arrives_where_and_what_needs_attention()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddMailboxAsync(52, "ann@example.org");
        await panel.SqlAsync("""
            UPDATE mailboxes SET quota_bytes = 1000000, keeps_copy = 0, recovery_address = 'bob@home.example', allows_pop3 = 0 WHERE id = 1;
            INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('bob@example.org', 950000, 17);
            INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES (50, 'sales@example.org', 1, 'alias', 1), (51, 'old@example.org', 1, 'alias', 0);
            INSERT INTO aliases (id, address_id, kind, version, created_at, updated_at) VALUES (50, 50, 'alias', 1, NOW(6), NOW(6)), (51, 51, 'alias', 1, NOW(6), NOW(6));
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
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("""
            INSERT INTO audit_entries (at, actor, source, request_id, action, subject, domain_id) VALUES
              ('2020-01-01', 'predecessor', '198.51.100.9', 'r', 'mailbox.update', 'bob@example.org', 1), (NOW(6), 'admin@example.org', '198.51.100.7', 'r', 'mailbox.update', 'bob@example.org', 1), (NOW(6), 'x', NULL, 'r', 'mailbox.update', 'ann@example.org', 1);
            INSERT INTO app_passwords (mailbox_id, name, digest, allows_imap, allows_pop3, allows_smtp, allows_sieve, created_at) VALUES (1, 'Phone', SHA2('x', 256), 1, 0, 0, 0, NOW(6));
            INSERT INTO vacations (mailbox_id, is_on, text, days, version, created_at, updated_at) VALUES (1, 1, 'Away until Monday.', 7, 1, NOW(6), NOW(6));
            INSERT INTO mailbox_sign_ins (mailbox_id, service, remote_address, first_at, last_at, times) VALUES (1, 'imap', '203.0.113.5', NOW(6), NOW(6), 3)
            """);
        var browser = await panel.SignedInAsync(Bob);

        var answer = await browser.GetAsync("/export/me");
        using var data = System.Text.Json.JsonDocument.Parse(answer.Text);

        Assert.Equal("attachment; filename=mailbox.json; filename*=UTF-8''mailbox.json", answer.Header("Content-Disposition"));
        Assert.Equal(Bob, data.RootElement.GetProperty("mailbox").GetProperty("address").GetString());
        Assert.Equal("203.0.113.5", data.RootElement.GetProperty("signIns").GetProperty("accepted")[0].GetProperty("remoteAddress").GetString());
        Assert.Equal(["mailbox.update admin@example.org", "account.sign-in bob@example.org"], data.RootElement.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("action").GetString()} {c.GetProperty("by").GetString()}"));
        Assert.Equal("Phone", data.RootElement.GetProperty("appPasswords")[0].GetProperty("name").GetString());
        Assert.Equal("Away until Monday.", data.RootElement.GetProperty("vacation").GetProperty("text").GetString());
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("x"u8)), answer.Text, StringComparison.Ordinal);
        // Where an admin works from is the admin's.
        Assert.DoesNotContain("198.51.100", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ARGON2", answer.Text, StringComparison.Ordinal);
        Assert.Equal("mailbox.export", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"));
    }

    [MariaDbFact]
    public async Task The_account_goes_into_the_recycle_bin_with_its_mailbox_and_comes_back()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var owner = await panel.SignedInAsync(Bob);
        await owner.PostAsync("/appearance?handler=Language", await owner.FormOfAsync("/me", ("language", "de")));
        var admin = await panel.SignedInAsync();

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        var gone = await panel.Browser().SignInAsync(Bob, Panel.Password);
        var item = await panel.SqlAsync("SELECT id FROM recycled_items");
        await admin.SubmitAsync($"/recycle-bin/{item}");

        Assert.Equal(HttpStatusCode.OK, gone.Status);
        await panel.SignedInAsync(Bob);
        Assert.Equal("de", await panel.SqlAsync("SELECT language FROM accounts WHERE kind = 'mailbox_owner'"));
    }
}
