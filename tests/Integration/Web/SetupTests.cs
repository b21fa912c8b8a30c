using System.Net;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// The setup link makes whoever opens it first the superadmin. So it must be unguessable, work once, end with age, and
/// be worth nothing to a thief of the database.
/// </summary>
public sealed class SetupTests
{
    [MariaDbFact]
    public async Task The_link_creates_a_superadmin_who_is_signed_in()
    {
        await using var panel = await Panel.StartAsync();
        var browser = panel.Browser();

        var answer = await SetUpAsync(browser, await panel.SetupLinkAsync(), "Chief@Example.org");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("/", answer.Location);
        Assert.Equal("chief@example.org\tsuperadmin\t1", await panel.SqlAsync("SELECT login, kind, is_active FROM accounts"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
        Assert.Equal("setup.link\nsetup.complete", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id"));
        Assert.Equal("192.0.2.1", await panel.SqlAsync("SELECT source FROM audit_entries WHERE action = 'setup.complete'"));
    }

    [MariaDbFact]
    public async Task The_link_works_once()
    {
        await using var panel = await Panel.StartAsync();
        var link = await panel.SetupLinkAsync();
        await SetUpAsync(panel.Browser(), link, "first@example.org");
        // As if nobody could sign in any more: even then a used link stays used.
        await panel.SqlAsync("UPDATE accounts SET is_active = 0");

        var again = await panel.Browser().GetAsync(link.Url(""));

        Assert.Equal("This link no longer works", again.Title);
        Assert.Null(again.Page.QuerySelector("form"));
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM accounts"));
    }

    [MariaDbFact]
    public async Task Of_two_who_send_the_form_at_once_one_becomes_superadmin()
    {
        await using var panel = await Panel.StartAsync();
        var link = await panel.SetupLinkAsync();
        Browser[] browsers = [.. Enumerable.Range(1, 4).Select(i => panel.Browser($"192.0.2.{i}"))];
        var pages = await Task.WhenAll(browsers.Select(b => b.GetAsync(link.Url(""))));

        var answers = await Task.WhenAll(browsers.Select((b, i) =>
            b.SubmitAsync(pages[i], "/setup", ("Input.Login", $"racer{i}@example.org"), ("Input.Password", Panel.Password))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM accounts"));
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'setup.complete'"));
    }

    [MariaDbFact]
    public async Task A_guessed_an_expired_and_a_replaced_link_create_nobody()
    {
        await using var panel = await Panel.StartAsync();
        var old = await panel.SetupLinkAsync();
        var newer = await panel.SetupLinkAsync();
        var page = await panel.Browser().GetAsync(newer.Url(""));

        Assert.Equal("This link no longer works", (await panel.Browser().GetAsync("/setup?token=guess")).Title);
        Assert.Equal("This link no longer works", (await panel.Browser().GetAsync("/setup")).Title);
        Assert.Equal("This link no longer works", (await panel.Browser().GetAsync(old.Url(""))).Title);
        Assert.Equal("Create the first superadmin", page.Title);

        await panel.SqlAsync("UPDATE setup_tokens SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
        var browser = panel.Browser();
        await browser.GetAsync("/sign-in");
        var token = (await browser.GetAsync("/sign-in")).Page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var late = await browser.PostAsync("/setup", ("__RequestVerificationToken", token),
            ("Input.Token", newer.Token), ("Input.Login", "late@example.org"), ("Input.Password", Panel.Password));

        Assert.Equal("This link no longer works", late.Title);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM accounts"));
    }

    [MariaDbFact]
    public async Task A_weak_password_brings_the_form_back_with_the_login_and_without_the_password()
    {
        await using var panel = await Panel.StartAsync();
        var link = await panel.SetupLinkAsync();

        var answer = await SetUpAsync(panel.Browser(), link, "chief@example.org", "short");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("12", answer.Problems, StringComparison.Ordinal);
        Assert.Equal("chief@example.org", answer.Page.QuerySelector("[name='Input.Login']")!.GetAttribute("value"));
        Assert.Null(answer.Page.QuerySelector("[name='Input.Password']")!.GetAttribute("value"));
        Assert.DoesNotContain("short\"", answer.Text, StringComparison.Ordinal);
        // The link is still good.
        Assert.Equal("Create the first superadmin", (await panel.Browser().GetAsync(link.Url(""))).Title);
    }

    [MariaDbFact]
    public async Task With_a_superadmin_there_is_no_link_any_more()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await using var scope = panel.Services.CreateAsyncScope();

        var outcome = await scope.ServiceProvider.GetRequiredService<IssueSetupLink>().RunAsync(Actor.CommandLine("test"), CancellationToken.None);

        Assert.Equal("SuperadminExists", Assert.IsType<Outcome<SetupLink>.Refused>(outcome).Problems.Single().Code);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM setup_tokens"));
    }

    [MariaDbFact]
    public async Task The_verb_prints_the_link_once_and_refuses_when_there_is_a_superadmin()
    {
        await using var panel = await Panel.StartAsync();
        string[] settings = [$"--ConnectionStrings:Panel={panel.Server.ConnectionString(panel.Database)}", "--Panel:Listen=http://127.0.0.1:21591", "--Panel:Url=http://localhost:21591"];

        var (made, link) = await PanelProcess.RunAsync(["admin", "setup-link", .. settings]);
        await panel.Browser().SubmitAsync(new Uri(link.Trim()).PathAndQuery, ("Input.Login", Panel.Login), ("Input.Password", Panel.Password));
        var (refused, sentence) = await PanelProcess.RunAsync(["admin", "setup-link", .. settings]);

        Assert.Equal(0, made);
        Assert.Matches(@"\Ahttp://localhost:21591/setup\?token=[A-Za-z0-9_-]{43}\n\z", link);
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM accounts WHERE login = 'root@example.org'"));
        Assert.Equal(1, refused);
        Assert.Contains("There is a superadmin already.", sentence, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task The_database_holds_a_digest_of_the_link()
    {
        await using var panel = await Panel.StartAsync();

        var link = await panel.SetupLinkAsync();

        // Another program's SHA-256: MariaDB's.
        Assert.Equal("1", await panel.SqlAsync($"SELECT COUNT(*) FROM setup_tokens WHERE digest = SHA2('{link.Token}', 256)"));
        Assert.True(link.Token.Length >= 43, "256 bits in base64url");
    }

    private static Task<Answer> SetUpAsync(Browser browser, SetupLink link, string login, string password = Panel.Password) =>
        browser.SubmitAsync(link.Url(""), ("Input.Login", login), ("Input.Password", password));
}
