using System.Diagnostics;
using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>A cookie is worth what the account's row says now, at every request.</summary>
public sealed class SessionTests
{
    private const string Other = "Nine-green-herons-8";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [MariaDbFact]
    public async Task A_changed_stamp_ends_the_session_at_the_next_request()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);

        await panel.SqlAsync("UPDATE accounts SET security_stamp = 'another'");

        Assert.Contains("/sign-in", (await browser.GetAsync("/account/password")).Location, StringComparison.Ordinal);
        Assert.Null(browser.Session);
    }

    [MariaDbFact]
    public async Task A_deactivated_and_a_deleted_account_are_out_at_the_next_request()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("second@example.org", Panel.Password);
        var first = await panel.SignedInAsync();
        var second = await panel.SignedInAsync("second@example.org");

        await panel.SqlAsync("UPDATE accounts SET is_active = 0 WHERE login = 'root@example.org'");
        await panel.SqlAsync("DELETE FROM accounts WHERE login = 'second@example.org'");

        Assert.Contains("/sign-in", (await first.GetAsync("/account/password")).Location, StringComparison.Ordinal);
        Assert.Contains("/sign-in", (await second.GetAsync("/account/password")).Location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Changing_the_own_password_ends_every_other_session()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var stolen = await panel.SignedInAsync();
        var mine = await panel.SignedInAsync();
        var before = mine.Session;

        var answer = await mine.SubmitAsync("/account/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", Other));

        Assert.Equal("/account/password", answer.Location);
        Assert.Contains("Your password was changed", (await mine.GetAsync("/account/password")).Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in", (await stolen.GetAsync("/account/password")).Location, StringComparison.Ordinal);
        mine.Cookies["adminpanel-session"] = before!;
        Assert.Contains("/sign-in", (await mine.GetAsync("/account/password")).Location, StringComparison.Ordinal);
        Assert.Contains("do not go together", (await panel.Browser().SignInAsync(Panel.Login, Panel.Password)).Problems, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await panel.Browser().SignInAsync(Panel.Login, Other)).Status);
    }

    [MariaDbFact]
    public async Task The_own_password_is_not_changed_without_the_old_one()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        var before = await panel.SqlAsync("SELECT password_hash, security_stamp FROM accounts");

        var wrong = await browser.SubmitAsync("/account/password", ("Input.CurrentPassword", Other), ("Input.NewPassword", "Some-other-words-77"));
        var weak = await browser.SubmitAsync("/account/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "short"));

        Assert.Equal("This is not your current password.", wrong.Problems);
        Assert.Contains("12", weak.Problems, StringComparison.Ordinal);
        Assert.DoesNotContain(Panel.Password, weak.Text, StringComparison.Ordinal);
        Assert.Equal(before, await panel.SqlAsync("SELECT password_hash, security_stamp FROM accounts"));
    }

    [MariaDbFact]
    public async Task A_session_ends_at_its_limit_however_busy_it_is()
    {
        await using var panel = await Panel.StartAsync("--Panel:SessionLimit=00:00:03", "--Panel:SessionIdle=01:00:00");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        var started = Stopwatch.GetTimestamp();

        string? location = null;
        while (location is null && Stopwatch.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(200);
            location = (await browser.GetAsync("/account/password")).Location;
        }

        Assert.Contains("/sign-in", location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_idle_session_ends()
    {
        await using var panel = await Panel.StartAsync("--Panel:SessionIdle=00:00:01");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();

        // Every look renews the session, so each pause is longer than the last.
        var pause = TimeSpan.FromSeconds(1.5);
        string? location = null;
        while (location is null && pause < Patience)
        {
            await Task.Delay(pause);
            location = (await browser.GetAsync("/account/password")).Location;
            pause *= 2;
        }

        Assert.Contains("/sign-in", location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task What_an_account_is_comes_from_its_row_and_not_from_the_cookie()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        Assert.Contains("href=\"/admins\"", (await browser.GetAsync("/account/password")).Text, StringComparison.Ordinal);

        await panel.SqlAsync("UPDATE accounts SET kind = 'domain_admin'");

        Assert.DoesNotContain("href=\"/admins\"", (await browser.GetAsync("/account/password")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_page_beyond_the_policy_is_not_found_and_the_same_as_one_that_does_not_exist()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password, AccountKind.DomainAdmin);
        var browser = await panel.SignedInAsync();

        var forbidden = await browser.GetAsync("/admins");
        var absent = await browser.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, forbidden.Status);
        Assert.Equal(HttpStatusCode.NotFound, absent.Status);
        Assert.Equal(absent.Text.Replace(absent.RequestId!, "", StringComparison.Ordinal), forbidden.Text.Replace(forbidden.RequestId!, "", StringComparison.Ordinal));
    }

    [MariaDbFact]
    public async Task A_cookie_that_was_tampered_with_is_nobody()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        var cookie = browser.Session!;

        browser.Cookies["adminpanel-session"] = cookie[..^8] + "AAAAAAAA";

        Assert.Contains("/sign-in", (await browser.GetAsync("/account/password")).Location, StringComparison.Ordinal);
    }
}
