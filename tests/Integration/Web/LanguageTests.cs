using System.Net;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The browser's language, or the chosen one.</summary>
public sealed class LanguageTests
{
    [MariaDbFact]
    public async Task The_browser_chooses_the_language_until_somebody_does()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);

        Assert.Equal(("Sign in", "en"), Look(await panel.Browser().GetAsync("/sign-in")));
        Assert.Equal(("Anmelden", "de"), Look(await In(panel, "de").GetAsync("/sign-in")));
        Assert.Equal(("Sign in", "en"), Look(await In(panel, "fr, tlh;q=0.8").GetAsync("/sign-in")));
        Assert.Equal(("Anmelden", "de"), Look(await In(panel, "fr, de-AT;q=0.8, en;q=0.5").GetAsync("/sign-in")));

        var browser = await panel.SignedInAsync();
        var chosen = await ChooseAsync(browser, "de", "/mailboxes?state=active");
        Assert.Equal((HttpStatusCode.Redirect, "/mailboxes?state=active"), (chosen.Status, chosen.Location));
        Assert.Equal(("Postfächer", "de"), Look(await browser.GetAsync("/mailboxes")));
        Assert.Equal(("Nicht gefunden", "de"), Look(await browser.GetAsync("/domains/not-here.example")));

        await ChooseAsync(browser, "", "/");
        Assert.Equal(("Mailboxes", "en"), Look(await browser.GetAsync("/mailboxes")));
        Assert.Equal(HttpStatusCode.NotFound, (await ChooseAsync(browser, "fr", "/")).Status);
    }

    [MariaDbFact]
    public async Task What_somebody_chose_is_spoken_in_every_browser_and_at_sign_in_where_it_was_chosen()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("eve", Panel.Password);
        var (here, there) = (await panel.SignedInAsync(), await panel.SignedInAsync());

        await ChooseAsync(here, "de", "/");
        await ChooseAsync(here, "de", "/");

        Assert.Equal(("Postfächer", "de"), Look(await there.GetAsync("/mailboxes")));
        Assert.Equal(("Nicht gefunden", "de"), Look(await there.GetAsync("/domains/not-here.example")));
        Assert.Equal("true", (await there.GetAsync("/mailboxes")).Page.QuerySelector("button[name=language][value=de]")!.GetAttribute("aria-pressed"));
        Assert.Equal(("Sign in", "en"), Look(await panel.Browser().GetAsync("/sign-in")));
        Assert.Equal("de\teve\tNULL", await panel.SqlAsync("SELECT a.language, b.login, b.language FROM accounts a, accounts b WHERE a.login <> 'eve' AND b.login = 'eve'"));
        Assert.Equal("account.language\tNULL\tde", await panel.SqlAsync("SELECT action, JSON_VALUE(`before`, '$.language'), JSON_VALUE(`after`, '$.language') FROM audit_entries WHERE action = 'account.language'"));

        // What the person wants counts before what the one at this browser before wanted.
        await ChooseAsync(there, "en", "/");
        Assert.Equal(("Mailboxes", "en"), Look(await here.GetAsync("/mailboxes")));
        await SignOutAsync(here);
        Assert.Equal(("Anmelden", "de"), Look(await here.GetAsync("/sign-in")));

        await ChooseAsync(there, "", "/");
        Assert.Equal("NULL", await panel.SqlAsync("SELECT language FROM accounts WHERE login <> 'eve'"));
    }

    [MariaDbFact]
    public async Task A_refusal_and_a_fault_speak_the_language_too()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = In(panel, "de");

        var refused = await browser.SignInAsync(Panel.Login, "not this one");
        var badForm = await browser.PostAsync("/sign-in", ("Input.Login", "x"));

        Assert.Contains("Diese Anmeldung und dieses Passwort gehören nicht zusammen", WebUtility.HtmlDecode(refused.Text), StringComparison.Ordinal);
        Assert.Equal(("Das Formular war nicht lesbar", "de"), Look(badForm));
    }

    private static Browser In(Panel panel, string languages)
    {
        var any = panel.Browser();
        return new Browser(panel.Address, any.Source) { Languages = languages };
    }

    private static (string Title, string? Language) Look(Answer answer) => (answer.Title, answer.Page.DocumentElement.GetAttribute("lang"));

    private static async Task SignOutAsync(Browser browser)
    {
        var token = (await browser.GetAsync("/mailboxes")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.PostAsync("/sign-out", ("__RequestVerificationToken", token));
    }

    private static async Task<Answer> ChooseAsync(Browser browser, string language, string back)
    {
        var page = (await browser.GetAsync("/mailboxes")).Page;
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostAsync("/appearance?handler=Language", ("language", language), ("back", back), ("__RequestVerificationToken", token));
    }
}
