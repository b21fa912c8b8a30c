using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// The attack: what somebody types at the sign-in page, or an owner into the own forms, becomes a part of a query, of a
/// page that the owner reads, or of one that an admin reads.
/// </summary>
public sealed class HostileOwnerTests
{
    private const string Quoted = "o'connor@example.org";

    /// <summary>An element of this name in a page was text once.</summary>
    private const string Escaped = "hostile";

    private const string Markup = "<hostile>\"'&amp;</hostile><script>alert(1)</script>";

    public static TheoryData<string> Injections =>
    [
        "' OR '1'='1", "bob@example.org' -- ", "bob@example.org'#", "\\' OR 1=1 -- ", "' UNION SELECT password_hash FROM mailboxes -- ", "bob@example.org'; UPDATE mailboxes SET keeps_copy = 0; -- ",
        "bob@example.org\\", "%", "bob@example.or_", "ʼ OR 1=1 -- ", "{0}", "o'connor@example.org' OR 'a' = 'a",
    ];

    [MariaDbTheory]
    [MemberData(nameof(Injections))]
    public async Task What_is_typed_at_the_sign_in_page_is_never_SQL(string typed)
    {
        await using var panel = await StartAsync();
        var before = await TablesAsync(panel);

        foreach (var (login, password) in new[] { (typed, Panel.Password), (Bob, typed), (Quoted, typed), (typed, typed) })
        {
            var browser = panel.Browser();
            var answer = await browser.SignInAsync(login, password);
            Assert.Equal((HttpStatusCode.OK, "do not go together"), (answer.Status, answer.Problems.Contains("do not go together", StringComparison.Ordinal) ? "do not go together" : answer.Problems));
            Assert.Null(browser.Session);
        }
        Assert.True((await panel.Browser().SubmitAsync("/forgotten", ("Input.Address", $"{typed}@example.org"))).Status is HttpStatusCode.OK or HttpStatusCode.Redirect);
        Assert.Equal(before, await TablesAsync(panel));
        Assert.DoesNotContain("[ERR]", panel.Log(), StringComparison.Ordinal);
    }

    [MariaDbTheory]
    [InlineData("Seven'brown\"foxes\\31")]
    [InlineData("'; DROP TABLE mailboxes; -- 31")]
    [InlineData("ʼ%_{0}$argon2id$brown-foxes")]
    public async Task A_password_may_hold_any_sign_and_none_does_anything(string password)
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Quoted);

        Assert.Equal("/me", (await owner.SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", password))).Location);

        await panel.SignedInAsync(Quoted, password);
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM mailboxes"));
        Assert.DoesNotContain(password, await panel.SqlAsync("SELECT GROUP_CONCAT(CONCAT_WS(' ', `before`, `after`)) FROM audit_entries"), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task What_an_owner_types_is_text_to_the_owner_and_to_admins()
    {
        await using var panel = await StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var (owner, admin) = (await panel.SignedInAsync(Quoted), await panel.SignedInAsync());
        await FillAsync(panel, owner);

        var seen = await WalkAsync(owner, "/me", path => path.StartsWith("/me", StringComparison.Ordinal) || path.StartsWith("/account", StringComparison.Ordinal));
        var shown = await WalkAsync(admin, $"/mailboxes/{Quoted}", path => path.Contains("o'connor", StringComparison.Ordinal) || path.Contains("o%27connor", StringComparison.Ordinal) || path.StartsWith("/audit/", StringComparison.Ordinal));

        // The walks saw the text where it stands.
        foreach (var path in new[] { "/me/vacation", "/me/filters", "/me/app-passwords", "/me/aliases", "/me/sign-ins", "/account/passkeys" })
            Assert.True(seen.TryGetValue(path, out var text) && text.Contains($"<{Escaped}>", StringComparison.Ordinal), path);
        Assert.True(shown.Values.Count(text => text.Contains(Markup, StringComparison.Ordinal)) >= 4, string.Join('\n', shown.Where(page => page.Value.Contains(Markup, StringComparison.Ordinal)).Select(page => page.Key)));
        using var export = System.Text.Json.JsonDocument.Parse((await owner.GetAsync("/export/me")).Text);
        Assert.Equal(Markup, export.RootElement.GetProperty("vacation").GetProperty("text").GetString());
    }

    /// <summary>Through the forms what they take, and as rows what comes in otherwise: names of devices and programs.</summary>
    private static async Task FillAsync(Panel panel, Browser owner)
    {
        foreach (var (path, fields) in new (string, (string, string)[])[]
        {
            ("/me/vacation", [("Input.IsOn", "true"), ("Input.Subject", Markup), ("Input.Text", Markup)]),
            ("/me/filters/add", [("Input.Name", Markup), ("Input.Conditions[0].Part", "Subject"), ("Input.Conditions[0].Value", Markup), ("Input.Folder", Markup.Replace('/', '-').Replace('&', '-'))]),
            ("/me/app-passwords/add", [("Input.Name", Markup), ("Input.CurrentPassword", Panel.Password)]),
            ("/me/aliases/add", [("Input.Word", "shop"), ("Input.Comment", Markup)]),
        })
        {
            var answer = await owner.SubmitAsync(path, fields);
            Assert.True(answer.Status == HttpStatusCode.Redirect, $"{path}: {answer.Status}: {answer.Problems}");
        }
        await panel.SqlAsync($"""
            SET @text = '{Markup.Replace("'", "''", StringComparison.Ordinal)}';
            UPDATE mailboxes SET display_name = @text WHERE id = 2;
            UPDATE panel_sessions SET browser = @text;
            INSERT INTO mailbox_sign_ins (mailbox_id, service, remote_address, first_at, last_at, times) VALUES (2, '<hostile>', '203.0.113.5', NOW(6), NOW(6), 3);
            INSERT INTO passkeys (account_id, name, credential_id, credential_digest, public_key, sign_count, transports, is_backup_eligible, is_backed_up, last_challenge_at, created_at)
              SELECT id, @text, 'eA', SHA2('x', 256), 'eA', 0, '', 0, 0, NOW(6), NOW(6) FROM accounts WHERE mailbox_id = 2
            """);
    }

    /// <summary>The words of every page that links lead to.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> WalkAsync(Browser browser, string start, Func<string, bool> isNear)
    {
        var walked = new Dictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([start]);
        while (waiting.TryDequeue(out var path))
        {
            if (walked.ContainsKey(path)) continue;

            var answer = await browser.GetAsync(path);
            walked[path] = "";
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{path} answered {answer.Status}");
            if (answer.Header("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) != true) continue;

            Assert.True(answer.Page.QuerySelector(Escaped) is null, $"{path} has markup out of what somebody typed");
            Assert.All(answer.Page.QuerySelectorAll("script"), s => Assert.Equal("", s.TextContent));
            walked[path] = answer.Page.Body!.TextContent + string.Concat(answer.Page.QuerySelectorAll("input").Select(i => i.GetAttribute("value")));
            foreach (var link in answer.Page.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!).Where(isNear)) waiting.Enqueue(link);
        }
        return walked;
    }

    private static Task<string> TablesAsync(Panel panel) => panel.SqlAsync("CHECKSUM TABLE accounts, mailboxes, addresses, domains, mail_links, panel_sessions, notices");

    private static async Task<Panel> StartAsync()
    {
        var panel = await OwnPanel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddMailboxAsync(2, "o''connor@example.org");
        await panel.SqlAsync($"UPDATE domains SET owner_rights = {(int)OwnerRights.All}");
        return panel;
    }
}
