using System.Net;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What every answer carries, whatever it is.</summary>
public sealed class HeaderTests
{
    private const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    [MariaDbFact]
    public async Task Pages_errors_assets_redirects_and_health_carry_the_same_headers()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        var page = await browser.GetAsync("/account/password");
        var notFound = await browser.GetAsync("/no-such-page");
        var asset = await browser.GetAsync("/css/site.css");
        var badForm = await browser.PostAsync("/account/password", ("Input.NewPassword", "x"));
        var redirect = await panel.Browser().GetAsync("/account/password");
        var health = await panel.Browser().GetAsync("/healthz");
        await panel.SqlAsync("ALTER TABLE accounts DROP COLUMN updated_at");
        var fault = await browser.GetAsync("/account/password");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Redirect, HttpStatusCode.OK, HttpStatusCode.InternalServerError],
            new[] { page, notFound, asset, badForm, redirect, health, fault }.Select(a => a.Status));
        foreach (var answer in new[] { page, notFound, asset, badForm, redirect, health, fault })
        {
            var what = $"{answer.Message.RequestMessage!.RequestUri}: {answer.Status}";
            Assert.True(answer.Header("Content-Security-Policy") == Policy, what);
            Assert.True(answer.Header("X-Content-Type-Options") == "nosniff", what);
            Assert.True(answer.Header("Referrer-Policy") == "same-origin", what);
            Assert.True(answer.Header("Cross-Origin-Opener-Policy") == "same-origin", what);
            Assert.True(answer.RequestId is { Length: 32 }, what);
            Assert.True(answer.Header("Server") is null, what);
            if (answer != asset) Assert.True(answer.Header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal) == true, $"{what} {answer.Header("Cache-Control")}");
        }
        Assert.DoesNotContain("no-store", asset.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.NotEmpty(asset.Text);
    }

    [MariaDbFact]
    public async Task Icons_are_one_picture_that_a_browser_keeps_until_it_changes()
    {
        await using var panel = await Panel.StartAsync();
        var page = (await panel.Browser().GetAsync("/sign-in")).Page;
        var named = page.QuerySelectorAll("svg.icon use").Select(u => u.GetAttribute("href")!.Split('#')).ToList();
        var address = Assert.Single(named.Select(n => n[0]).Distinct());

        var picture = await panel.Browser().GetAsync(address);
        var shapes = picture.Page.QuerySelectorAll("symbol").Select(s => s.Id);

        Assert.Equal("image/svg+xml", picture.Header("Content-Type"));
        Assert.Equal("public, max-age=31536000, immutable", picture.Header("Cache-Control"));
        Assert.Equal("no-cache", (await panel.Browser().GetAsync("/icons.svg?v=older")).Header("Cache-Control"));
        Assert.Superset(named.Select(n => n[1]).ToHashSet(), shapes.ToHashSet()!);
    }

    [MariaDbFact]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        var before = await panel.SqlAsync("SELECT password_hash FROM accounts");

        var answer = await browser.PostAsync("/account/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Nine-green-herons-8"));
        var signOut = await browser.PostAsync("/sign-out");
        var signIn = await panel.Browser().PostAsync("/sign-in", ("Input.Login", Panel.Login), ("Input.Password", Panel.Password));

        Assert.All([answer, signOut, signIn], a => Assert.Equal(HttpStatusCode.BadRequest, a.Status));
        Assert.Equal("The form could not be read", answer.Title);
        Assert.Equal(before, await panel.SqlAsync("SELECT password_hash FROM accounts"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
    }

    [MariaDbFact]
    public async Task A_token_of_one_account_does_not_serve_another()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("second@example.org", Panel.Password);
        var attacker = await panel.SignedInAsync("second@example.org");
        var victim = await panel.SignedInAsync();
        var page = await attacker.GetAsync("/account/password");
        victim.Cookies["adminpanel-form"] = attacker.Cookies["adminpanel-form"];

        var answer = await victim.SubmitAsync(page, "/account/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Nine-green-herons-8"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [MariaDbFact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var panel = await Panel.StartAsync();

        var answer = await panel.Browser().PostAsync("/sign-in", ("Input.Login", new string('a', 2 * 1024 * 1024)));

        Assert.True(answer.Status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, $"{answer.Status}");
    }

    [MariaDbFact]
    public async Task A_cookie_is_kept_from_scripts_and_other_sites()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);

        var answer = await panel.Browser().SignInAsync(Panel.Login, Panel.Password);
        var cookie = answer.Message.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("adminpanel-session=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }
}
