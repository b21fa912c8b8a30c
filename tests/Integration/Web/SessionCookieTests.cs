using System.Net;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The attack: a cookie is read by a script, sent in clear or to another host, or planted before somebody signs in.</summary>
public sealed class SessionCookieTests
{
    [MariaDbFact]
    public async Task Every_cookie_on_the_way_through_both_steps_is_kept_to_this_host_from_scripts_and_off_plain_http()
    {
        await using var panel = await OwnPanel.StartAsync("--Panel:Url=https://panel.example.org");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);

        await WalkAsync(panel, Panel.Login, cookies);
        await KnowOwnerAsync(panel);
        await panel.SqlAsync("INSERT INTO authenticators (account_id, sealed_secret, last_step, created_at) SELECT id, 'x', 0, NOW(6) FROM accounts WHERE mailbox_id = 1");
        await WalkAsync(panel, Bob, cookies);

        Assert.Equal(["__Host-device", "__Host-first-step", "__Host-form", "__Host-message", "__Host-session"], cookies.Keys.Order(StringComparer.Ordinal));
        Assert.All(cookies, cookie =>
        {
            foreach (var flag in (string[])["; path=/", "; secure", "; samesite=lax", "; httponly"]) Assert.True(cookie.Value.Contains(flag, StringComparison.OrdinalIgnoreCase), $"{cookie.Key} without {flag}: {cookie.Value}");
            Assert.DoesNotContain("domain=", cookie.Value, StringComparison.OrdinalIgnoreCase);
        });
    }

    [MariaDbFact]
    public async Task A_session_that_was_planted_before_is_not_the_one_that_is_signed_in()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddMailboxAsync(2, "eve@example.org");
        var eve = await panel.SignedInAsync("eve@example.org");
        var victim = panel.Browser();
        victim.Cookies["adminpanel-session"] = eve.Session!;
        victim.Cookies["adminpanel-form"] = eve.Cookies["adminpanel-form"];

        // The page for strangers is not shown to whoever is signed in: the form is sent as a page of before would.
        await victim.PostAsync("/sign-in", await victim.FormOfAsync("/me/password", ("Input.Login", Bob), ("Input.Password", Panel.Password)));

        Assert.NotEqual(eve.Session, victim.Session);
        Assert.Contains(Bob, (await victim.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Bob, (await eve.GetAsync("/me")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Forms_of_two_tabs_are_both_taken()
    {
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);
        const string Page = "/me/app-passwords/add";
        var (first, second) = (await browser.GetAsync(Page), await browser.GetAsync(Page));

        foreach (var (page, name) in new[] { (second, "Tablet"), (first, "Phone") })
            Assert.Equal("/me/app-passwords", (await browser.SubmitAsync(page, Page, ("Input.Name", name), ("Input.CurrentPassword", Panel.Password))).Location);

        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
    }

    private static Task<string> KnowOwnerAsync(Panel panel) => panel.SqlAsync(
        "INSERT INTO accounts (kind, mailbox_id, security_stamp, is_active, version, created_at, updated_at) VALUES ('mailbox_owner', 1, 'stamp', 1, 1, NOW(6), NOW(6))");

    /// <summary>Signs in through a proxy that says HTTPS, and collects what is set.</summary>
    private static async Task WalkAsync(Panel panel, string login, Dictionary<string, string> cookies)
    {
        var browser = panel.Browser();
        var page = Collect(await browser.SendAsync(Request(HttpMethod.Get, "/sign-in")));
        var token = page.Page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var request = Request(HttpMethod.Post, "/sign-in");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["Input.Login"] = login, ["Input.Password"] = Panel.Password, ["__RequestVerificationToken"] = token });
        Assert.Equal(HttpStatusCode.Redirect, Collect(await browser.SendAsync(request)).Status);

        static HttpRequestMessage Request(HttpMethod method, string path) => new(method, path) { Headers = { { "X-Forwarded-Proto", "https" }, { "Host", "panel.example.org" } } };

        Answer Collect(Answer answer)
        {
            foreach (var cookie in answer.Message.Headers.TryGetValues("Set-Cookie", out var set) ? set : []) cookies[cookie[..cookie.IndexOf('=', StringComparison.Ordinal)]] = cookie;
            return answer;
        }
    }
}
