using System.Diagnostics;
using System.Net;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

public sealed class SignInTests
{
    // From `openssl passwd -5 -salt saltstring 'Seven-brown-foxes-31'`: a scheme that is weaker than what the panel makes now.
    private const string WeakHash = "{SHA256-CRYPT}$5$saltstring$RRHAT/9oKt9QaEEoJ2l7XnIRcyWOtr6Kg.DG1J3TwgB";

    [MariaDbFact]
    public async Task The_right_password_signs_in_and_is_written_down()
    {
        await using var panel = await Panel.StartAsync();
        var id = await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = panel.Browser("203.0.113.7");

        var answer = await browser.SignInAsync("  Root@Example.ORG ", Panel.Password, "/sign-in?returnUrl=%2Faccount%2Fpassword");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("/account/password", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
        Assert.Equal($"{id}\troot@example.org\t203.0.113.7\taccount.sign-in", await panel.SqlAsync("SELECT account_id, actor, source, action FROM audit_entries"));
        Assert.Equal("1", await panel.SqlAsync("SELECT last_sign_in_at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE FROM accounts"));
    }

    [MariaDbFact]
    public async Task A_wrong_password_an_unknown_login_and_an_inactive_account_get_the_same_answer_in_the_same_time()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("gone@example.org", Panel.Password);
        await panel.SqlAsync("UPDATE accounts SET is_active = 0 WHERE login = 'gone@example.org'");
        (string Login, string Password)[] refused = [(Panel.Login, "Nine-green-herons-8"), ("nobody@example.org", Panel.Password), ("gone@example.org", Panel.Password), ("not a login", "x")];

        var answers = new List<(string Text, TimeSpan Time)>();
        foreach (var (login, password) in refused)
        {
            var browser = panel.Browser();
            var page = await browser.GetAsync("/sign-in");
            var started = Stopwatch.GetTimestamp();
            var answer = await browser.SubmitAsync(page, "/sign-in", ("Input.Login", login), ("Input.Password", password));
            answers.Add((answer.Problems, Stopwatch.GetElapsedTime(started)));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Null(browser.Session);
            Assert.StartsWith("Error:", answer.Page.Title, StringComparison.Ordinal);
        }

        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Contains("do not go together", answers[0].Text, StringComparison.Ordinal);
        Assert.All(answers, a => Assert.True(a.Time >= Panel.Floor - TimeSpan.FromMilliseconds(20), $"{a.Time} is below the floor"));
        Assert.Equal("account.sign-in-refused\t4", await panel.SqlAsync("SELECT action, COUNT(*) FROM audit_entries GROUP BY action"));
        // What nobody is called may be a password that slipped into the wrong field.
        Assert.Equal("\ngone@example.org\nroot@example.org", await panel.SqlAsync("SELECT DISTINCT subject FROM audit_entries ORDER BY subject"));
    }

    [MariaDbTheory]
    [InlineData("https://evil.example/", "another site")]
    [InlineData("//evil.example/", "another site with our scheme")]
    [InlineData("/\\evil.example/", "browsers read a backslash as a slash")]
    [InlineData("javascript:alert(1)", "a script")]
    [InlineData("/\t/evil.example", "browsers drop tabs")]
    public async Task A_return_address_outside_the_panel_is_not_followed(string returnUrl, string why)
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);

        var answer = await panel.Browser().SignInAsync(Panel.Login, Panel.Password, "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.True(answer.Location == "/", $"{why}: went to {answer.Location}");
    }

    [MariaDbFact]
    public async Task A_stranger_is_sent_to_sign_in_and_then_to_where_he_was_going()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = panel.Browser();

        var sent = await browser.GetAsync("/account/password");
        var back = await browser.SignInAsync(Panel.Login, Panel.Password, new Uri(sent.Location!).PathAndQuery);

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Contains("/sign-in?returnUrl=%2Faccount%2Fpassword", sent.Location, StringComparison.Ordinal);
        Assert.Equal("/account/password", back.Location);
    }

    [MariaDbFact]
    public async Task A_weak_hash_is_replaced_at_the_next_sign_in_and_sessions_go_on()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password, hash: WeakHash);
        var first = await panel.SignedInAsync();

        var hash = await panel.SqlAsync("SELECT password_hash FROM accounts");
        await panel.SignedInAsync();

        Assert.StartsWith("{ARGON2ID}$argon2id$", hash, StringComparison.Ordinal);
        Assert.Equal(hash, await panel.SqlAsync("SELECT password_hash FROM accounts"));
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/account/password")).Status);
    }

    [MariaDbFact]
    public async Task Signing_out_needs_a_form_and_ends_the_session_of_the_browser()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-out")).Status);
        Assert.NotNull(browser.Session);
        var answer = await browser.SubmitAsync("/sign-out");

        Assert.Equal("/sign-in", answer.Location);
        Assert.Null(browser.Session);
        Assert.Contains("You are signed out.", (await browser.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal("account.sign-in\naccount.sign-out", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id"));
    }

    [MariaDbFact]
    public async Task An_empty_form_says_what_to_enter()
    {
        await using var panel = await Panel.StartAsync();

        var answer = await panel.Browser().SignInAsync(" ", "");

        Assert.Equal("Enter a login", answer.Problems.Split('\n')[0][..13]);
        Assert.Equal(2, answer.Page.QuerySelectorAll(".field-error:not([hidden])").Length);
    }
}
