using System.Net;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The browsers in which somebody is signed in are listed, and each is ended by whoever it belongs to, whoever has a copy of its cookie.</summary>
public sealed class PanelSessionTests
{
    private const string Page = "/account/sessions";

    [MariaDbTheory]
    [InlineData(Panel.Login)]
    [InlineData(Bob)]
    public async Task Each_browser_is_listed_with_its_place_and_one_is_signed_out_from_another(string login)
    {
        await using var panel = await StartAsync();
        var mine = await panel.SignedInAsync(login);
        var other = panel.Browser("203.0.113.9");
        await other.SignInAsync(login, Panel.Password);

        var list = await mine.GetAsync(Page);
        Assert.Equal(2, list.Page.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains("203.0.113.9", list.Text, StringComparison.Ordinal);
        var form = list.Page.QuerySelector("main tbody form")!;
        var answer = await mine.PostAsync(form.GetAttribute("action")!, ("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!));

        Assert.Equal(Page, answer.Location);
        Assert.Contains("/sign-in", (await other.GetAsync(Page)).Location, StringComparison.Ordinal);
        Assert.Single((await mine.GetAsync(Page)).Page.QuerySelectorAll("main tbody tr"));
        Assert.Equal("account.end-sessions", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"));
    }

    [MariaDbFact]
    public async Task All_others_end_at_once_and_this_one_goes_on()
    {
        await using var panel = await StartAsync();
        Browser[] others = [await panel.SignedInAsync(Bob), await panel.SignedInAsync(Bob), await panel.SignedInAsync(Bob)];
        var mine = await panel.SignedInAsync(Bob);

        await mine.PostAsync($"{Page}?handler=End", await mine.FormOfAsync(Page));

        foreach (var other in others) Assert.Contains("/sign-in", (await other.GetAsync("/me")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await mine.GetAsync("/me")).Status);
    }

    [MariaDbFact]
    public async Task Nobody_ends_a_session_of_somebody_else()
    {
        await using var panel = await StartAsync();
        var admin = await panel.SignedInAsync();
        var session = await panel.SqlAsync("SELECT MAX(id) FROM panel_sessions");
        var owner = await panel.SignedInAsync(Bob);

        var answer = await owner.PostAsync($"{Page}?handler=End&id={session}", await owner.FormOfAsync(Page));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Page)).Status);
    }

    [MariaDbFact]
    public async Task A_copy_of_the_cookie_is_worth_nothing_after_signing_out()
    {
        await using var panel = await StartAsync();
        var browser = await panel.SignedInAsync(Bob);
        var copy = panel.Browser();
        copy.Cookies["adminpanel-session"] = browser.Session!;
        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/me")).Status);

        await browser.SubmitAsync("/sign-out");

        Assert.Contains("/sign-in", (await copy.GetAsync("/me")).Location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_session_outlives_a_change_of_the_own_password_as_one_row()
    {
        await using var panel = await StartAsync();
        var (mine, other) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync(Bob));

        await mine.SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Eight-green-foxes-32"));

        Assert.Single((await mine.GetAsync(Page)).Page.QuerySelectorAll("main tbody tr"));
        Assert.Contains("/sign-in", (await other.GetAsync(Page)).Location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task What_a_browser_says_that_it_is_is_shown_as_text_and_cut_off()
    {
        await using var panel = await StartAsync();
        var browser = panel.Browser();
        var page = await browser.GetAsync("/sign-in");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Input.Login"] = Bob, ["Input.Password"] = Panel.Password, ["__RequestVerificationToken"] = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            }),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "<script>alert(1)</script>\"" + new string('x', 4000));
        await browser.SendAsync(request);

        var list = await browser.GetAsync(Page);

        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.DoesNotContain("<script>alert", list.Text, StringComparison.Ordinal);
        Assert.Equal("255", await panel.SqlAsync("SELECT CHAR_LENGTH(browser) FROM panel_sessions"));
    }

    [MariaDbFact]
    public async Task Sessions_that_are_over_are_cleared_away_by_the_next_sign_in()
    {
        await using var panel = await StartAsync();
        await panel.SignedInAsync(Bob);
        await panel.SqlAsync("UPDATE panel_sessions SET last_seen_at = NOW(6) - INTERVAL 2 DAY, started_at = NOW(6) - INTERVAL 2 DAY");

        await panel.SignedInAsync(Bob);

        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM panel_sessions"));
    }

    [MariaDbFact]
    public async Task The_mailbox_that_comes_back_from_the_recycle_bin_has_nobody_signed_in()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        var admin = await panel.SignedInAsync();

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        await admin.SubmitAsync($"/recycle-bin/{await panel.SqlAsync("SELECT id FROM recycled_items")}");

        Assert.Contains("/sign-in", (await owner.GetAsync("/me")).Location, StringComparison.Ordinal);
    }

    private static async Task<Panel> StartAsync()
    {
        var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        return panel;
    }
}
