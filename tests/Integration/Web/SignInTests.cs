using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

public sealed partial class SignInTests
{
    // From `openssl passwd -5 -salt saltstring 'Seven-brown-foxes-31'`: a scheme that is weaker than what the panel makes now.
    internal const string WeakHash = "{SHA256-CRYPT}$5$saltstring$RRHAT/9oKt9QaEEoJ2l7XnIRcyWOtr6Kg.DG1J3TwgB";

    private const string Wrong = "Nine-green-herons-8";

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

    /// <summary>The attack: which addresses are there, which of them have a hash that is soon broken, which are off? Whoever guesses reads it from a difference.</summary>
    [MariaDbFact]
    public async Task Whatever_a_sign_in_is_refused_for_the_answer_is_the_same_and_takes_a_floor_of_time()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("weak@example.org", Panel.Password, hash: WeakHash);
        await panel.AddAccountAsync("gone@example.org", Panel.Password);
        foreach (var (id, name) in new[] { (2, "old"), (3, "off"), (4, "later"), (5, "else") }) await panel.AddMailboxAsync(id, $"{name}@example.org");
        await panel.SqlAsync("""
            UPDATE accounts SET is_active = 0 WHERE login = 'gone@example.org';
            UPDATE mailboxes SET password_hash = '{MD5-CRYPT}$1$pbF4/ovo$jucKFiEouKfMk591QxZPQ1' WHERE id = 2;
            UPDATE addresses SET is_active = 0 WHERE id = 3;
            UPDATE addresses SET active_from = UTC_TIMESTAMP(6) + INTERVAL 1 DAY WHERE id = 4;
            UPDATE mailboxes SET allowed_networks = '198.51.100.0/24' WHERE id = 5
            """);
        (string Login, string Password)[] refused =
        [
            (Panel.Login, Wrong), ("weak@example.org", Wrong), ("gone@example.org", Panel.Password), ("nobody@example.org", Panel.Password), ("nobody@elsewhere.example", Wrong), ("not a login", "x"),
            (OwnPanel.Bob, Wrong), ("old@example.org", Wrong), ("off@example.org", Panel.Password), ("off@example.org", Wrong), ("later@example.org", Panel.Password), ("else@example.org", Panel.Password),
        ];

        var answers = new List<(string Login, string Shape, string Text, TimeSpan Time)>();
        foreach (var (login, password) in refused)
        {
            var browser = panel.Browser();
            var page = await browser.GetAsync("/sign-in");
            var started = Stopwatch.GetTimestamp();
            var answer = await browser.SubmitAsync(page, "/sign-in", ("Input.Login", login), ("Input.Password", password));
            answers.Add((login, Shape(answer, login), answer.Problems, Stopwatch.GetElapsedTime(started)));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Null(browser.Session);
            Assert.StartsWith("Error:", answer.Page.Title, StringComparison.Ordinal);
            await panel.SqlAsync("DELETE FROM sign_in_budgets");
        }

        Assert.All(answers, a => Assert.True(a.Shape == answers[0].Shape, $"{a.Login}:\n{a.Shape}\n{answers[0].Login}:\n{answers[0].Shape}"));
        Assert.Contains("do not go together", answers[0].Text, StringComparison.Ordinal);
        Assert.All(answers, a => Assert.True(a.Time >= Panel.Floor - TimeSpan.FromMilliseconds(20), $"{a.Time} is below the floor"));
        Assert.Equal($"account.sign-in-refused\t{refused.Length}", await panel.SqlAsync("SELECT action, COUNT(*) FROM audit_entries GROUP BY action"));
        // What nobody is called may be a password that slipped into the wrong field.
        Assert.Equal(
            "\nbob@example.org\nelse@example.org\ngone@example.org\nlater@example.org\noff@example.org\nold@example.org\nroot@example.org\nweak@example.org",
            await panel.SqlAsync("SELECT DISTINCT subject FROM audit_entries ORDER BY subject"));
    }

    /// <summary>A budget that is spent counts for names that nobody has as for others: what it says tells nothing of them either.</summary>
    [MariaDbFact]
    public async Task Who_has_guessed_too_often_reads_the_same_of_every_address()
    {
        await using var panel = await OwnPanel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddMailboxAsync(2, "off@example.org");
        await panel.SqlAsync("UPDATE addresses SET is_active = 0 WHERE id = 2");
        var shapes = new List<string>();
        foreach (var login in new[] { OwnPanel.Bob, "off@example.org", "nobody@example.org" })
        {
            var browser = panel.Browser();
            for (var n = 0; n < 10; n++) await browser.SignInAsync(login, Wrong);
            await panel.SqlAsync("UPDATE sign_in_budgets SET failures = 10000");
            shapes.Add(TimesOfDay().Replace(Shape(await browser.SignInAsync(login, Panel.Password), login), "TIME"));
            await panel.SqlAsync("DELETE FROM sign_in_budgets");
        }

        Assert.Single(shapes.Distinct());
        Assert.DoesNotContain("do not go together", shapes[0], StringComparison.Ordinal);
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

    /// <summary>All that a visitor can compare: status, header and page, without what differs from one request to the next.</summary>
    private static string Shape(Answer answer, string login)
    {
        var headers = answer.Message.Headers.Concat(answer.Message.Content.Headers)
            .Where(h => h.Key.ToUpperInvariant() is not ("DATE" or "X-REQUEST-ID" or "CONTENT-LENGTH"))
            .Select(h => h.Key == "Set-Cookie" ? $"Set-Cookie: {string.Join(", ", h.Value.Select(v => v.Split('=')[0]).Order(StringComparer.Ordinal))}" : $"{h.Key}: {string.Join(", ", h.Value)}");
        var text = Tokens().Replace(answer.Text, "TOKEN").Replace(answer.RequestId ?? "-", "ID", StringComparison.Ordinal).Replace(login, "LOGIN", StringComparison.Ordinal);
        return string.Join('\n', [answer.Status.ToString(), .. headers.Order(StringComparer.Ordinal), text]);
    }

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\d{1,2}:\d{2}(:\d{2})?|\d+ (minutes?|seconds?)|\d{4}-\d{2}-\d{2}[T ]?")]
    private static partial Regex TimesOfDay();
}
