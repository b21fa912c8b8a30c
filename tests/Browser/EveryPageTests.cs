using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>Every page in light and dark, on a phone and a desk, full and empty: sound, readable, quiet. The pictures are for people to look at.</summary>
[Collection("panel")]
public sealed class EveryPageTests(PanelsAndBrowser panels)
{
    private const string LongAddress = "the-longest-local-part-that-rfc-5321-lets-anybody-have-is-64-lon@example.org";

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
        foreach (var (name, path) in Full())
        {
            var answer = await page.GotoAsync(panel.Url + path);
            if (answer!.Status != 200) faults.Add($"{path}: {answer.Status}");
            faults.AddRange(await Pictures.FaultsAsync(page, watcher, name));
        }

        await page.GotoAsync($"{panel.Url}/mailboxes/import");
        await page.FillAsync("#Text", $"address,name,quota,shoe size\nnew@customer-02.example,Nina New,5G,42\n{LongAddress},\"A name, with a comma\",,43\nnew@customer-02.example,,,\n<script>@example.org,,,\nelse@foreign.example,,lots,\nfull@example.org,,,\n");
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
        Assert.Equal(10, await page.Locator(".menu-places a:visible").CountAsync());
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

    private static IEnumerable<(string Name, string Path)> Full()
    {
        var longDomain = Uri.EscapeDataString(PanelSeed.LongDomain);
        return
        [
            ("overview", "/"),
            ("domains", "/domains"),
            ("domains-filter-nothing", "/domains?q=nothing-like-it"),
            ("domains-inactive", "/domains?state=inactive"),
            ("domains-over-pool", "/domains?only=over-pool"),
            ("domains-tag", "/domains?tag=gold"),
            ("domain-add", "/domains/add"),
            ("domain", "/domains/example.org"),
            ("domain-refusing", "/domains/customer-03.example"),
            ("domain-long", $"/domains/{longDomain}"),
            ("domain-edit", "/domains/example.org/edit"),
            ("domain-add-template", "/domains/add?template=1"),
            ("domain-roles", "/domains/example.org/roles"),
            ("domain-templates", "/domain-templates"),
            ("domain-template", "/domain-templates/1"),
            ("domain-template-add", "/domain-templates/0"),
            ("alias-role", "/aliases/postmaster@example.org"),
            ("domain-rename", "/domains/example.org/rename"),
            ("domain-rename-long", $"/domains/{longDomain}/rename"),
            ("domain-delete", "/domains/example.org/delete"),
            ("domain-delete-long", $"/domains/{longDomain}/delete"),
            ("domain-long-delete", $"/domains/{longDomain}/delete"),
            ("mailboxes", "/mailboxes"),
            ("mailboxes-by-used", "/mailboxes?sort=-used"),
            ("mailboxes-never-used", "/mailboxes?only=never-used&sort=-used&tag=gold"),
            ("mailboxes-nearly-full", "/mailboxes?only=nearly-full"),
            ("mailboxes-of-domain", "/domains/example.org/mailboxes"),
            ("mailboxes-welcome-refused", "/mailboxes?only=welcome-refused"),
            ("mailboxes-last", "/mailboxes?last=1"),
            ("mailboxes-long", $"/domains/{longDomain}/mailboxes"),
            ("mailboxes-inactive-domain", "/domains/example.net/mailboxes"),
            ("import", "/mailboxes/import"),
            ("mailbox-choose", "/mailboxes/add"),
            ("mailbox-choose-unknown", "/mailboxes/add?domain=not-here.example"),
            ("mailbox-add", "/domains/example.org/mailboxes/add"),
            ("mailbox-add-long", $"/domains/{longDomain}/mailboxes/add"),
            ("mailbox", "/mailboxes/emil@example.org"),
            ("mailbox-long", $"/mailboxes/{LongAddress}"),
            ("mailbox-password", "/mailboxes/emil@example.org/password"),
            ("mailbox-sign-ins", "/mailboxes/emil@example.org/sign-ins"),
            ("mailbox-sign-ins-none", "/mailboxes/bo@example.org/sign-ins"),
            ("mailbox-rename", "/mailboxes/emil@example.org/rename"),
            ("mailbox-rename-long", $"/mailboxes/{LongAddress}/rename"),
            ("mailbox-add-like", "/domains/example.org/mailboxes/add?like=emil@example.org"),
            ("mailbox-delete", "/mailboxes/bo@example.org/delete"),
            ("aliases", "/aliases"),
            ("aliases-groups", "/aliases?only=groups"),
            ("aliases-of-domain", "/domains/example.org/aliases"),
            ("alias-add", "/domains/example.org/aliases/add"),
            ("alias-add-group", "/domains/example.org/aliases/add-group"),
            ("alias-group", "/aliases/everyone@example.org"),
            ("alias-group-delete", "/aliases/everyone@example.org/delete"),
            ("alias", "/aliases/sales@example.org"),
            ("alias-slash", "/aliases/a%2Fb@example.org"),
            ("alias-catch-all", "/aliases/@example.org"),
            ("alias-delete", "/aliases/sales@example.org/delete"),
            ("alias-check", "/aliases/check"),
            ("alias-check-nothing", "/aliases/check?domain=customer-02.example"),
            ("alias-domains", "/alias-domains"),
            ("alias-domain", "/alias-domains/example.info"),
            ("alias-domain-add", "/alias-domains/add"),
            ("alias-domain-delete", "/alias-domains/example.com/delete"),
            ("relay-domains", "/relay-domains"),
            ("relay-domains-filter-nothing", "/relay-domains?q=nothing-like-it"),
            ("relay-domain", "/relay-domains/behind.example"),
            ("relay-domain-empty", "/relay-domains/mx-only.example"),
            ("relay-domain-add", "/relay-domains/add"),
            ("relay-domain-edit", "/relay-domains/behind.example/edit"),
            ("relay-domain-delete", "/relay-domains/behind.example/delete"),
            ("admins", "/admins"),
            ("admin-add", "/admins/add"),
            ("admin", "/admins/dora"),
            ("admin-password", "/admins/dora/password"),
            ("admin-delete", "/admins/dora/delete"),
            ("find", "/find?q=e"),
            ("find-recipients", "/find?q=r0"),
            ("find-nothing", "/find?q=nothing-like-it"),
            ("jobs", "/jobs"),
            ("bulk-mailboxes", "/bulk/mailboxes?all=true&domain=example.org"),
            ("bulk-domains", "/bulk/domains?all=true&q=customer"),
            ("bulk-nothing", "/bulk/aliases"),
            ("recycle-bin", "/recycle-bin"),
            ("recycle-bin-nothing", "/recycle-bin?q=nothing-like-it"),
            ("recycle-bin-mailbox", "/recycle-bin/1"),
            ("recycle-bin-released", "/recycle-bin/2"),
            ("recycle-bin-alias", "/recycle-bin/3"),
            ("recycle-bin-domain", "/recycle-bin/4"),
            ("recycle-bin-purge", "/recycle-bin/1/purge"),
            ("recycle-bin-purge-domain", "/recycle-bin/4/purge"),
            ("audit", "/audit"),
            ("audit-found", "/audit?action=mailbox.create&from=2020-01-01"),
            ("audit-entry", "/audit/1"),
            ("own-password", "/account/password"),
        ];
    }
}
