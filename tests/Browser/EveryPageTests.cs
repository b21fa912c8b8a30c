using System.Reflection;
using AdminPanel.Tests.Support;
using Microsoft.AspNetCore.Razor.Hosting;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>Every page in light and dark, on a phone and a desk, full and empty: sound, readable, quiet. The pictures are for people to look at.</summary>
[Collection("panel")]
public sealed class EveryPageTests(PanelsAndBrowser panels)
{
    private const string FillAndSend = """
        () => {
          const form = document.querySelector('main form[method=post]:has(.btn-primary, .btn-danger)');
          for (const field of form.querySelectorAll('input[type=text], input[type=password], textarea')) field.value = '..';
          form.submit();
        }
        """;

    [BrowserFact]
    public async Task Every_page_is_sound_with_a_full_panel()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{panel.Url}/sign-in");
        await Pictures.TakeAsync(page, watcher, "sign-in");
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);

        var faults = new List<string>();
        foreach (var (name, path) in PanelPages.All)
        {
            var answer = await page.GotoAsync(panel.Url + path);
            if (answer!.Status != 200) faults.Add($"{path}: {answer.Status}");
            faults.AddRange(await Pictures.FaultsAsync(page, watcher, name));
        }

        await page.GotoAsync($"{panel.Url}/mailboxes/import");
        await page.FillAsync("#Text", $"address,name,quota,shoe size\nnew@customer-02.example,Nina New,5G,42\n{PanelPages.LongAddress},\"A name, with a comma\",,43\nnew@customer-02.example,,,\n<script>@example.org,,,\nelse@foreign.example,,lots,\nfull@example.org,,,\n");
        await page.ClickAsync("main form button.btn-primary");
        await page.WaitForURLAsync("**/mailboxes/import/*");
        faults.AddRange(await Pictures.FaultsAsync(page, watcher, "import-check"));
        await page.ClickAsync("main form button.btn-primary");
        await page.WaitForURLAsync("**/jobs/*");
        await page.Locator(".notice-secret").WaitForAsync();
        faults.AddRange(await Pictures.FaultsAsync(page, watcher, "job-import"));

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        await context.CloseAsync();
    }

    [BrowserFact]
    public async Task Every_page_is_sound_with_an_empty_panel()
    {
        await using var panel = await PanelProcess.StartAsync("empty");
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync(await panel.WithAsync(s => PanelSeed.SetupLinkAsync(s, panel.Url)));
        await Pictures.TakeAsync(page, watcher, "setup");
        await PanelsAndBrowser.SetUpAsync(page, page.Url, PanelsAndBrowser.Superadmin);
        if (!page.Url.EndsWith('/')) await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);

        var faults = new List<string>();
        foreach (var path in (string[])["/", "/domains", "/mailboxes", "/mailboxes/add", "/aliases", "/alias-domains", "/relay-domains", "/admins", "/admins/add", "/audit", "/domain-templates", "/recycle-bin"])
        {
            var answer = await page.GotoAsync(panel.Url + path);
            if (answer!.Status != 200) faults.Add($"{path}: {answer.Status}");
            faults.AddRange(await Pictures.FaultsAsync(page, watcher, $"empty{path.Replace('/', '-').TrimEnd('-')}"));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        await context.CloseAsync();
    }

    /// <summary>What a browser asks for in German is German, and fits a phone: its words are longer.</summary>
    [BrowserFact]
    public async Task Every_page_is_sound_in_German_on_a_phone()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(width: 390, locale: "de-DE");
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);

        var faults = new List<string>();
        foreach (var (name, path) in PanelPages.All)
        {
            await page.GotoAsync(panel.Url + path);
            if (await page.GetAttributeAsync("html", "lang") != "de") faults.Add($"{path} is not in German");
            faults.AddRange(await Pictures.PhoneFaultsAsync(page, watcher, $"de-{name}"));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        await context.CloseAsync();
    }

    /// <summary>Every text of a form is wrong at once; a field under "More settings" must show its problem.</summary>
    [BrowserFact]
    public async Task Every_form_with_problems_is_sound()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync();
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);

        var faults = new List<string>();
        foreach (var name in PanelPages.Forms)
        {
            await page.GotoAsync(panel.Url + PanelPages.All.First(p => p.Name == name).Path);
            await page.EvaluateAsync(FillAndSend);
            await page.Locator(".problems").WaitForAsync();
            if (await page.Locator(".is-invalid:not(:visible)").CountAsync() > 0) faults.Add($"{name}: a problem stands where nobody sees it");
            faults.AddRange(await Pictures.FaultsAsync(page, watcher, $"{name}-wrong"));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        await context.CloseAsync();
    }

    /// <summary>A new page needs a line in <see cref="PanelPages"/>.</summary>
    [Fact]
    public void Every_page_has_its_picture()
    {
        // Downloads, what only takes a form, and the pages of which other tests take pictures.
        string[] apart = ["/appearance", "/export/{kind}", "/export/audit", "/export/alias-check", "/export/dns/{domain}", "/export/me", "/shared/dns", "/error/{status:int?}", "/setup", "/sign-in", "/sign-in/code", "/sign-in/passkey", "/account/passkeys/{id:long}/remove", "/me/aliases/{id:long}", "/forgotten", "/forgotten/new", "/recovery", "/device", "/mailboxes/import/{id:long}", "/jobs/{id:long}"];
        var routes = typeof(Web.Platform.PanelServices).Assembly.GetCustomAttributes<RazorCompiledItemAttribute>()
            .SelectMany(i => i.Type.GetCustomAttributes<RazorCompiledItemMetadataAttribute>()).Where(m => m.Key == "RouteTemplate").Select(m => m.Value).ToList();
        // "add" is a page of its own, and no domain of that name.
        var shown = PanelPages.All.Concat(PanelPages.Own).Select(p => p.Path.Split('?')[0]).Select(path => routes.OrderBy(r => r.Count(c => c == '{')).First(r => Matches(r, path)));

        Assert.True(routes.Count > 40, "the walk saw the pages");
        Assert.Empty(routes.Except(apart).Except(shown));
        Assert.Empty(apart.Except(routes));
    }

    [BrowserFact]
    public async Task A_page_that_is_not_there_is_a_page_too()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync();
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);
        var watcher = await Watcher.OfAsync(context);

        var answer = await page.GotoAsync($"{panel.Url}/domains/not-here.example");

        Assert.Equal(404, answer!.Status);
        // The browser itself tells the console about the status; nothing else may be there.
        Assert.All(watcher.Take(), c => Assert.Contains("404", c, StringComparison.Ordinal));
        await Pictures.TakeAsync(page, watcher, "not-found");
        await context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_menu_of_a_phone_leads_to_every_place(bool script)
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(script, width: 390);
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);

        await page.ClickAsync("details.menu-places > summary");
        Assert.Equal(12, await page.Locator(".menu-places a:visible").CountAsync());
        Assert.Equal(0, await page.Locator(".rail a:visible").CountAsync());
        await page.Locator(".menu-places a", new() { HasText = "Aliases" }).ClickAsync();
        await page.WaitForURLAsync($"{panel.Url}/aliases");

        await page.ClickAsync("details.menu-places > summary");
        await Pictures.TakeAsync(page, watcher, $"menu-open{(script ? "" : "-no-script")}", script);
        await page.SetViewportSizeAsync(390, 800);
        await page.ClickAsync("details.account > summary");
        await Pictures.TakeAsync(page, watcher, $"account-menu-open{(script ? "" : "-no-script")}", script);
        await context.CloseAsync();
    }

    private static bool Matches(string route, string path)
    {
        var (wanted, there) = (route.Split('/'), path.Split('/'));
        return wanted.Length == there.Length && wanted.Zip(there).All(s => s.First == s.Second || s.First.StartsWith('{'));
    }
}
