using System.Net;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.SignIn;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// Two attacks with one defence: guessing one admin's password, and locking an admin out by guessing wrong on purpose.
/// The budgets belong to whoever guesses: strangers together, their networks, and each browser that has signed in before.
/// </summary>
public sealed class GuessBudgetTests
{
    private const string Wrong = "Nine-green-herons-8";

    [MariaDbFact]
    public async Task After_ten_wrong_guesses_the_network_waits_and_every_other_signs_in()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("second@example.org", Panel.Password);
        for (var i = 0; i < 10; i++)
            Assert.Contains("do not go together", (await panel.Browser("192.0.2.1").SignInAsync(Panel.Login, Wrong)).Problems, StringComparison.Ordinal);

        var right = await panel.Browser("192.0.2.1").SignInAsync(Panel.Login, Panel.Password);

        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Matches(@"Try again in 1[45] minutes, at \d\d:\d\d UTC", right.Problems);
        Assert.Equal(HttpStatusCode.Redirect, (await panel.Browser("192.0.2.2").SignInAsync(Panel.Login, Panel.Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await panel.Browser("192.0.2.1").SignInAsync("second@example.org", Panel.Password)).Status);
    }

    [MariaDbFact]
    public async Task An_unknown_login_runs_out_as_a_known_one_does()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);

        var known = await GuessAsync(panel, Panel.Login, 12);
        var unknown = await GuessAsync(panel, "nobody@example.org", 12);

        Assert.Equal(known, unknown);
    }

    [MariaDbFact]
    public async Task The_window_passes()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await GuessAsync(panel, Panel.Login, 11);
        await panel.SqlAsync("UPDATE sign_in_budgets SET window_start = window_start - INTERVAL 15 MINUTE");

        Assert.Equal(HttpStatusCode.Redirect, (await panel.Browser().SignInAsync(Panel.Login, Panel.Password)).Status);
    }

    [MariaDbFact]
    public async Task Guesses_that_come_at_once_are_no_more_than_the_budget()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = panel.Browser();
        var page = await browser.GetAsync("/sign-in");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ =>
            browser.SubmitAsync(page, "/sign-in", ("Input.Login", Panel.Login), ("Input.Password", Wrong))));

        Assert.True(answers.Count(a => a.Problems.Contains("do not go together", StringComparison.Ordinal)) <= GuessBudget.PerLogin);
        Assert.True(answers.Count(a => a.Problems.Contains("Try again in", StringComparison.Ordinal)) >= 40 - GuessBudget.PerLogin);
    }

    [MariaDbFact]
    public async Task The_addresses_of_one_ipv6_customer_are_one_network()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        for (var i = 1; i <= 10; i++) await panel.Browser($"2001:db8:1:2::{i:x}").SignInAsync(Panel.Login, Wrong);

        Assert.Contains("Try again in", (await panel.Browser("2001:db8:1:2:ffff::1").SignInAsync(Panel.Login, Panel.Password)).Problems, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await panel.Browser("2001:db8:1:3::1").SignInAsync(Panel.Login, Panel.Password)).Status);
    }

    [MariaDbFact]
    public async Task One_network_runs_out_over_many_logins()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.Browser().SignInAsync("first@example.org", Wrong);
        // 99 others have guessed from here in this window; setting the counter saves 99 hashes.
        await panel.SqlAsync("UPDATE sign_in_budgets SET failures = 99 WHERE failures = 1 ORDER BY bucket");
        await panel.Browser().SignInAsync("hundredth@example.org", Wrong);

        Assert.Contains("Try again in", (await panel.Browser().SignInAsync(Panel.Login, Panel.Password)).Problems, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await panel.Browser("192.0.2.9").SignInAsync(Panel.Login, Panel.Password)).Status);
    }

    [MariaDbFact]
    public async Task Guesses_from_everywhere_run_out_for_strangers_and_never_for_a_browser_that_was_in_before()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var owner = await panel.SignedInAsync();
        await owner.SubmitAsync("/sign-out");
        for (var i = 1; i <= GuessBudget.PerLoginOfStrangers; i++)
            Assert.Contains("do not go together", (await panel.Browser($"203.0.113.{i}").SignInAsync(Panel.Login, Wrong)).Problems, StringComparison.Ordinal);

        Assert.Contains("Try again in", (await panel.Browser("198.51.100.1").SignInAsync(Panel.Login, Panel.Password)).Problems, StringComparison.Ordinal);
        // The owner mistypes it, too, and has moved to another network.
        owner.Source = "198.51.100.2";
        Assert.Contains("do not go together", (await owner.SignInAsync(Panel.Login, Wrong)).Problems, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SignInAsync(Panel.Login, Panel.Password)).Status);
    }

    [MariaDbFact]
    public async Task A_known_browser_runs_out_of_guesses_of_its_own_and_is_a_stranger_to_other_logins()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("second@example.org", Panel.Password);
        var thief = await panel.SignedInAsync();
        await thief.SubmitAsync("/sign-out");
        for (var i = 0; i < GuessBudget.PerDevice; i++) await thief.SignInAsync(Panel.Login, Wrong);
        Assert.Contains("Try again in", (await thief.SignInAsync(Panel.Login, Panel.Password)).Problems, StringComparison.Ordinal);

        for (var i = 1; i <= GuessBudget.PerLoginOfStrangers; i++) await panel.Browser($"203.0.113.{i}").SignInAsync("second@example.org", Wrong);
        thief.Source = "198.51.100.3";
        Assert.Contains("Try again in", (await thief.SignInAsync("second@example.org", Panel.Password)).Problems, StringComparison.Ordinal);
    }

    [MariaDbTheory]
    [InlineData("", "nothing")]
    [InlineData("garbage", "no token")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a token of another key")]
    public async Task A_made_up_cookie_makes_nobody_known(string cookie, string what)
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = panel.Browser();
        browser.Cookies["adminpanel-device"] = cookie;

        await browser.SignInAsync(Panel.Login, Wrong);

        Assert.True(await panel.SqlAsync("SELECT COUNT(*) FROM sign_in_budgets") == "4", what);
    }

    [MariaDbFact]
    public async Task The_right_password_gives_back_what_it_took()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        for (var i = 0; i < 3; i++) await GuessAsync(panel, Panel.Login, 1);

        await panel.SignedInAsync();

        // The bucket of the login from here is gone; the network's, the strangers' and that of all have the three that were wrong.
        Assert.Equal("3\n3\n3", await panel.SqlAsync("SELECT failures FROM sign_in_budgets"));
    }

    [MariaDbFact]
    public async Task The_table_names_no_login_and_no_address()
    {
        await using var panel = await Panel.StartAsync("--Panel:RefusalFloor=00:00:00.01");
        await GuessAsync(panel, "my-secret-passphrase", 1);

        var buckets = await panel.SqlAsync("SELECT bucket FROM sign_in_budgets");

        Assert.All(buckets.Split('\n'), b => Assert.Matches("^[0-9a-f]{64}$", b));
        // Without the key file a digest cannot be found by trying addresses: it is not the plain SHA-256.
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM sign_in_budgets WHERE bucket IN (SHA2('192.0.2.1', 256), SHA2('network\n192.0.2.1', 256))"));
    }

    private static async Task<IReadOnlyList<bool>> GuessAsync(Panel panel, string login, int times)
    {
        var spent = new List<bool>();
        for (var i = 0; i < times; i++)
            spent.Add((await panel.Browser().SignInAsync(login, Wrong)).Problems.Contains("Try again in", StringComparison.Ordinal));
        return spent;
    }
}
