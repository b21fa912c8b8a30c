using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>What a form says back: with script and without, since every page must work without.</summary>
[Collection("panel")]
public sealed class FormTests(PanelsAndBrowser panels)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refused_form_keeps_every_value_but_the_password(bool script)
    {
        var (panel, page, watcher) = await SignedInAsync(script);
        await page.GotoAsync($"{panel.Url}/domains/example.org/mailboxes/add");
        await page.FillAsync("#Input_LocalPart", "bo");
        await page.FillAsync("#Input_DisplayName", "Bo <b>Lindqvist</b>");
        await page.FillAsync("#Input_Password", "short");
        await page.FillAsync("#Input_Quota", "lots");
        await page.FillAsync("#Input_Forwards", "not an address@");
        await page.UncheckAsync("#Input_KeepsCopy");
        await page.ClickAsync("text='Add mailbox' >> visible=true");

        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal("bo", await page.InputValueAsync("#Input_LocalPart"));
        Assert.Equal("Bo <b>Lindqvist</b>", await page.InputValueAsync("#Input_DisplayName"));
        Assert.Equal("lots", await page.InputValueAsync("#Input_Quota"));
        Assert.Equal("not an address@", await page.InputValueAsync("#Input_Forwards"));
        Assert.False(await page.IsCheckedAsync("#Input_KeepsCopy"));
        Assert.Equal("", await page.InputValueAsync("#Input_Password"));
        // The same sentence in the summary and at the field, and the summary leads there.
        var link = page.Locator(".problems a[href='#Input_Password']");
        Assert.Equal(await link.InnerTextAsync(), await page.InnerTextAsync("#Input_Password-error"));
        foreach (var field in (string[])["Quota", "Forwards", "Password"]) Assert.True(await page.Locator($"#Input_{field}.is-invalid").CountAsync() == 1, field);
        Assert.Equal("bo@example.org", await page.InnerTextAsync(".address-preview"));
        if (script) Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.matches('.problems')"));
        await Pictures.TakeAsync(page, watcher, $"mailbox-add-refused{(script ? "" : "-no-script")}", script);
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_generated_password_is_shown_once_and_never_in_a_url(bool script)
    {
        var (panel, page, watcher) = await SignedInAsync(script);
        var local = $"generated{(script ? 1 : 2)}";
        await page.GotoAsync($"{panel.Url}/domains/customer-02.example/mailboxes/add");
        await page.FillAsync("#Input_LocalPart", local);
        await page.ClickAsync("main button.btn-primary");

        var secret = await page.InnerTextAsync(".secret code");
        // Four groups of six, from an alphabet without signs that look alike.
        Assert.Matches("^[a-hjkmnp-z2-9]{6}(-[a-hjkmnp-z2-9]{6}){3}$", secret);
        Assert.DoesNotContain(secret, page.Url, StringComparison.Ordinal);
        await Pictures.TakeAsync(page, watcher, $"mailbox-added{(script ? "" : "-no-script")}", script);
        Assert.Equal(script, await page.Locator(".secret button").IsVisibleAsync());

        await page.ReloadAsync();

        Assert.Equal(0, await page.Locator(".secret").CountAsync());
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Copy_puts_the_secret_on_the_clipboard()
    {
        var (panel, page, _) = await SignedInAsync(script: true);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync($"{panel.Url}/mailboxes/hr@example.org/password");
        await page.ClickAsync("main button.btn-primary");

        await page.ClickAsync(".secret button");

        await page.WaitForSelectorAsync(".secret button:text('Copied')");
        Assert.Equal(await page.InnerTextAsync(".secret code"), await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_password_field_can_be_shown_and_hidden()
    {
        var (panel, page, _) = await SignedInAsync(script: true);
        await page.GotoAsync($"{panel.Url}/mailboxes/hr@example.org/password");

        await page.ClickAsync("[data-show]");
        Assert.Equal("text", await page.GetAttributeAsync("#Input_Password", "type"));

        await page.ClickAsync("[data-show]");
        Assert.Equal("password", await page.GetAttributeAsync("#Input_Password", "type"));
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_that_somebody_overtook_shows_yours_and_theirs_and_saves_both(bool script)
    {
        var (panel, first, watcher) = await SignedInAsync(script);
        var second = await first.Context.NewPageAsync();
        var path = script ? "finance" : "dispatch";
        foreach (var page in (IPage[])[first, second]) await page.GotoAsync($"{panel.Url}/mailboxes/{path}@example.org");
        await second.FillAsync("#Input_DisplayName", "The second was faster");
        await second.FillAsync("#Input_Quota", "7 GB");
        await second.ClickAsync("text='Save changes'");

        await first.FillAsync("#Input_DisplayName", "The first was slower");
        await first.FillAsync("#Input_Forwards", "elsewhere@elsewhere.example");
        await first.ClickAsync("text='Save changes'");

        Assert.Equal("The first was slower", await first.InputValueAsync("#Input_DisplayName"));
        Assert.Equal(["Name", "Quota", "Forward to"], await first.Locator(".stale legend").AllInnerTextsAsync());
        Assert.Equal(["The first was slower", "The second was faster"], await first.Locator(".stale fieldset").First.Locator("dd").AllInnerTextsAsync());
        Assert.Contains(PanelsAndBrowser.Superadmin, await first.InnerTextAsync(".stale p"), StringComparison.Ordinal);
        Assert.False(await first.IsCheckedAsync("#Theirs_DisplayName"));
        Assert.True(await first.IsCheckedAsync("#Theirs_Quota"));
        await Pictures.TakeAsync(first, watcher, $"mailbox-overtaken{(script ? "" : "-no-script")}", script);

        await first.ClickAsync("text='Save changes'");

        Assert.Contains("saved", await first.InnerTextAsync("[role=status]"), StringComparison.Ordinal);
        Assert.Equal("The first was slower", await first.InputValueAsync("#Input_DisplayName"));
        Assert.Equal("7 GB", await first.InputValueAsync("#Input_Quota"));
        Assert.Equal("elsewhere@elsewhere.example", (await first.InputValueAsync("#Input_Forwards")).Trim());
        await first.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_theme_is_chosen_without_script_and_kept(bool script)
    {
        var (panel, page, _) = await SignedInAsync(script);
        await page.GotoAsync($"{panel.Url}/domains?q=example");
        await page.ClickAsync("details.account > summary");
        await page.ClickAsync("button[name=theme][value=Dark]");

        // The window itself asks for light.
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(15, 21, 24)");
        Assert.EndsWith("/domains?q=example", page.Url, StringComparison.Ordinal);

        await page.ClickAsync("details.account > summary");
        await page.ClickAsync("button[name=theme][value=System]");
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(246, 247, 248)");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_language_is_chosen_in_the_menu_and_times_are_the_readers_own()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(timezone: "Asia/Tokyo");
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);
        await page.GotoAsync($"{panel.Url}/audit");
        Assert.Contains("GMT+9", await page.Locator("time").First.GetAttributeAsync("title"), StringComparison.Ordinal);

        await page.ClickAsync("details.account > summary");
        await page.ClickAsync("button[name=language][value=de]");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Protokoll");
        await Pictures.TakeAsync(page, watcher, "german-audit");
        foreach (var path in (string[])["/domains/example.org", "/domains/example.org/mailboxes/add", "/mailboxes/emil@example.org", "/domains/example.org/delete"])
        {
            await page.GotoAsync(panel.Url + path);
            await Pictures.TakeAsync(page, watcher, $"german{path.Replace('/', '-')}");
        }
        // The choice goes along with the account, and other tests sign in with it.
        await page.ClickAsync("details.account > summary");
        await page.ClickAsync("button[name=language][value='']");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await context.CloseAsync();
    }

    [BrowserFact]
    public async Task Slash_focuses_the_filter_and_escape_closes_a_menu()
    {
        var (panel, page, _) = await SignedInAsync(script: true);
        await page.GotoAsync($"{panel.Url}/domains");

        await page.Keyboard.PressAsync("/");
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.matches('[data-filter]')"));
        Assert.Equal("", await page.InputValueAsync("[data-filter]"));

        await page.ClickAsync("details.account > summary");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await page.Locator("details[open]").CountAsync());
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleting_a_domain_asks_for_its_name_and_does_what_the_page_said(bool script)
    {
        var (panel, page, watcher) = await SignedInAsync(script);
        var name = script ? "customer-20.example" : "customer-21.example";
        await page.GotoAsync($"{panel.Url}/domains/{name}/delete");
        await page.FillAsync("#Input_ConfirmName", "customer-01.example");
        await page.ClickAsync("button.btn-danger");
        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await Pictures.TakeAsync(page, watcher, $"domain-delete-refused{(script ? "" : "-no-script")}", script);

        await page.FillAsync("#Input_ConfirmName", name.ToUpperInvariant());
        await page.ClickAsync("button.btn-danger");

        Assert.Contains($"{name} is in the recycle bin", await page.InnerTextAsync("[role=status]"), StringComparison.Ordinal);
        Assert.Equal(404, (await page.GotoAsync($"{panel.Url}/domains/{name}"))!.Status);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Pages_of_a_list_lead_forth_and_back()
    {
        var (panel, page, _) = await SignedInAsync(script: false);
        await page.GotoAsync($"{panel.Url}/domains/example.org/mailboxes");
        var first = await page.Locator("tbody th").AllInnerTextsAsync();
        // 50 mailboxes, as many as a page holds: the 51st makes another page.
        Assert.Equal(50, first.Count);
        await page.GotoAsync($"{panel.Url}/mailboxes");
        first = await page.Locator("tbody th").AllInnerTextsAsync();

        await page.ClickAsync("a[rel=next]");
        var second = await page.Locator("tbody th").AllInnerTextsAsync();
        Assert.Empty(first.Intersect(second));

        await page.ClickAsync("a[rel=prev]");
        Assert.Equal(first, await page.Locator("tbody th").AllInnerTextsAsync());
        await page.Context.CloseAsync();
    }

    private async Task<(PanelProcess Panel, IPage Page, Watcher Watcher)> SignedInAsync(bool script)
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(script);
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);
        return (panel, page, watcher);
    }
}
