using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>What real name servers had is remembered: by the panel itself, without anybody who asks.</summary>
public sealed class DnsMemoryTests : IAsyncLifetime
{
    private const string Host = "host.example";

    private NameServer server = null!;

    [NameServerFact]
    public async Task The_panel_goes_round_by_itself_and_the_page_tells_what_it_found_and_before()
    {
        await using var panel = await PanelAsync("--Panel:DnsPause=00:00:01", "--Panel:DnsRound=00:00:01");
        var browser = await panel.SignedInAsync();
        await AwaitAsync(panel, "wrong_count = 2");

        // Without a look at the network: the same as a moment ago.
        var page = (await browser.GetAsync("/domains/own.example/dns")).Page;
        Assert.Contains("6 records that are required", page.QuerySelector("main .notice-warn")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("missing", Record(page, "Mail server").QuerySelector(".state")!.TextContent.Trim());
        Assert.Equal(["Domains that lack DNS records which mail needs: 1"], await AttentionAsync(browser));
        Assert.Equal(["own.example"], await NamesAsync(browser, "/domains?only=dns-wrong"));
        Assert.NotNull((await browser.GetAsync("/domains")).Page.QuerySelector("td a[href='/domains/own.example/dns'] .state-bad"));

        await server.WriteZoneAsync("own.example", [server.Address], "@ MX 10 old.elsewhere.example.", "@ TXT \"v=spf1 mx -all\"");
        await AwaitAsync(panel, "content LIKE '%old.elsewhere%'");
        await server.WriteZoneAsync("own.example", [server.Address], $"@ MX 10 mx.{Host}.", "@ TXT \"v=spf1 mx -all\"", "_dmarc TXT \"v=DMARC1; p=reject\"");
        await AwaitAsync(panel, "wrong_count = 0");

        page = (await browser.GetAsync("/domains/own.example/dns")).Page;
        Assert.Equal(["right", "wrong", "missing"], Record(page, "Mail server").QuerySelectorAll("details td strong").Select(e => e.TextContent));
        Assert.Contains("10 old.elsewhere.example.", Record(page, "Mail server").QuerySelector("details")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await AttentionAsync(browser));
        Assert.Empty(await NamesAsync(browser, "/domains?only=dns-wrong"));
    }

    [NameServerFact]
    public async Task Check_now_is_for_whoever_manages_DNS_and_what_it_found_is_for_all_who_see_the_domain()
    {
        await using var panel = await PanelAsync();
        await panel.AddAccountAsync("sees@example.net", Panel.Password, AccountKind.DomainAdmin);
        await panel.SqlAsync("INSERT INTO domain_admins (account_id, domain_id) SELECT a.id, d.id FROM accounts a, domains d WHERE a.login = 'sees@example.net' AND d.name = 'own.example'");
        var (root, sees) = (await panel.SignedInAsync(), await panel.SignedInAsync("sees@example.net"));

        var before = await sees.GetAsync("/domains/own.example/dns");
        Assert.Null(before.Page.QuerySelector("form[action*='handler=Check']"));
        Assert.Contains("Nobody has looked", before.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var token = (await sees.GetAsync("/account/password")).Page.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await sees.PostAsync("/domains/own.example/dns?handler=Check", ("__RequestVerificationToken", token))).Status);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM domain_dns_checks"));

        Assert.Equal("/domains/own.example/dns", (await root.SubmitAsync("/domains/own.example/dns")).Location);
        Assert.Equal("missing", Record((await sees.GetAsync("/domains/own.example/dns")).Page, "Mail server").QuerySelector(".state")!.TextContent.Trim());
    }

    /// <summary>A page that has another value by now does not say of the old one that it is right.</summary>
    [NameServerFact]
    public async Task What_was_found_is_said_of_what_was_wanted_then()
    {
        await using var panel = await PanelAsync();
        var root = await panel.SignedInAsync();
        await root.SubmitAsync("/domains/own.example/dns");
        Assert.NotNull(Record((await root.GetAsync("/domains/own.example/dns")).Page, "DMARC").QuerySelector(".state"));

        await panel.SqlAsync("INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'dmarc@own.example', id, 'alias', 1 FROM domains WHERE name = 'own.example'");

        Assert.Null(Record((await root.GetAsync("/domains/own.example/dns")).Page, "DMARC").QuerySelector(".state"));
    }

    public async Task InitializeAsync()
    {
        if (Requirement.NameServer.Repair is not null) return;

        server = await NameServer.StartAsync();
        await server.WriteZoneAsync("own.example", [server.Address]);
        await server.WriteZoneAsync(Host, [server.Address], "mx A 192.0.2.25");
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private async Task<Panel> PanelAsync(params string[] settings)
    {
        var panel = await Panel.StartAsync([$"--MailServer:host_name=mx.{Host}", $"--Dns:Resolver={server.Address}", .. settings]);
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync("INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES ('own.example', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
        return panel;
    }

    private static async Task AwaitAsync(Panel panel, string condition)
    {
        for (var tries = 0; await panel.SqlAsync($"SELECT COUNT(*) FROM domain_dns_checks WHERE {condition}") != "1"; tries++)
        {
            Assert.True(tries < 600, condition);
            await Task.Delay(100);
        }
    }

    private static IElement Record(IParentNode page, string title) => page.QuerySelectorAll(".record").Single(r => r.QuerySelector("h3")!.ChildNodes[0].TextContent.Trim() == title);

    private static async Task<IReadOnlyList<string>> AttentionAsync(Browser browser) =>
        [.. (await browser.GetAsync("/")).Page.QuerySelectorAll(".attention li a").Select(a => a.TextContent).Where(t => t.Contains("DNS", StringComparison.Ordinal))];

    private static async Task<IReadOnlyList<string>> NamesAsync(Browser browser, string path) => [.. (await browser.GetAsync(path)).Page.QuerySelectorAll("tbody th a").Select(a => a.TextContent)];
}
