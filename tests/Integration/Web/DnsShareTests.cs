using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Serve;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>A link for whoever keeps the zone: it shows one page, and that only as long as its maker could.</summary>
public sealed class DnsShareTests
{
    private const string Maker = "ute@example.net";

    [MariaDbFact]
    public async Task A_stranger_with_the_link_sees_the_records_and_nothing_to_change()
    {
        await using var panel = await PanelAsync();
        var browser = await panel.SignedInAsync(Maker);
        var form = (await browser.GetAsync("/domains/example.org/dns")).Page.QuerySelector("form.share-make")!;
        var made = await browser.PostAsync(form.GetAttribute("action")!, ("Days", "1"), ("__RequestVerificationToken", form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!));
        Assert.Equal("/domains/example.org/dns", made.Location);
        var link = (await browser.GetAsync(made.Location!)).Page.QuerySelector(".notice-ok code")!.TextContent;

        Assert.Empty((await browser.GetAsync(made.Location!)).Page.QuerySelectorAll(".notice-ok code"));

        var answer = await panel.Browser().GetAsync(new Uri(link).PathAndQuery);

        Assert.Equal((HttpStatusCode.OK, "noindex, nofollow"), (answer.Status, answer.Header("X-Robots-Tag")));
        Assert.Contains("10 mx1.host.example.", answer.Page.QuerySelectorAll(".record code").Select(c => c.TextContent));
        Assert.Empty(answer.Page.QuerySelectorAll("form, nav, a:not(.skip)"));
        Assert.StartsWith($"{panel.Services.GetRequiredService<PanelSettings>().Url}/shared/dns?of=", link, StringComparison.Ordinal);
        Assert.Equal($"dns.share\t{Maker}\texample.org", await panel.SqlAsync("SELECT action, actor, subject FROM audit_entries WHERE action = 'dns.share'"));
        Assert.DoesNotContain(link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..], panel.Log(), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_link_that_was_not_made_here_is_none()
    {
        await using var panel = await PanelAsync();
        var link = await LinkAsync(panel, days: 7);

        Assert.Equal(HttpStatusCode.OK, await OpenAsync(panel, link));
        foreach (var other in (string[])[link[..^1], link + "A", link.Replace("of=C", "of=D", StringComparison.Ordinal), "/shared/dns?of=", "/shared/dns", "/shared/dns?of=%00"])
            Assert.Equal((other, HttpStatusCode.NotFound), (other, await OpenAsync(panel, other)));
    }

    [MariaDbTheory]
    [InlineData("UPDATE accounts SET is_active = 0 WHERE login = 'ute@example.net'")]
    [InlineData("DELETE FROM domain_admins")]
    [InlineData("UPDATE domain_admins SET permissions = 1")]
    [InlineData("UPDATE domains SET name = 'other.example' WHERE name = 'example.org'")]
    public async Task It_ends_with_the_right_of_whoever_made_it(string change)
    {
        await using var panel = await PanelAsync();
        var link = await LinkAsync(panel, days: 7);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(panel, link));

        await panel.SqlAsync(change);

        Assert.Equal(HttpStatusCode.Gone, await OpenAsync(panel, link));
    }

    /// <summary>All of a domain at once, of whoever made them; those of another domain, and those that are made afterwards, work.</summary>
    [MariaDbFact]
    public async Task All_links_of_a_domain_are_ended_by_a_button_and_by_the_shell()
    {
        await using var panel = await PanelAsync();
        await panel.SqlAsync("INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES ('other.example', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
        var (link, other) = (await ShellLinkAsync(panel, "example.org"), await ShellLinkAsync(panel, "other.example"));
        var browser = await panel.SignedInAsync(Maker);
        var form = (await browser.GetAsync("/domains/example.org/dns")).Page.QuerySelector("form[action*='handler=EndShares']")!;
        var token = form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        Assert.Equal("/domains/example.org/dns", (await browser.PostAsync(form.GetAttribute("action")!, ("__RequestVerificationToken", token))).Location);

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.OK), (await OpenAsync(panel, link), await OpenAsync(panel, other)));
        link = await ShellLinkAsync(panel, "example.org");
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(panel, link));
        Assert.Equal(0, (await ShellAsync(panel, "unshare", "example.org")).Status);
        Assert.Equal(HttpStatusCode.Gone, await OpenAsync(panel, link));
        Assert.Equal($"{Maker}\texample.org\ncli:root\texample.org", await panel.SqlAsync("SELECT actor, subject FROM audit_entries WHERE action = 'dns.end-shares' ORDER BY id"));
    }

    [MariaDbFact]
    public async Task The_shell_makes_a_link_that_the_panel_opens_and_writes_down_who_made_it()
    {
        await using var panel = await PanelAsync();
        var answer = await ShellAsync(panel, "share", "example.org", "--days", "30", "--json");
        Assert.True(answer.Status == 0, answer.Error);

        var link = answer.Json.GetProperty("link").GetString()!;
        Assert.StartsWith("https://panel.example.net/shared/dns?of=", link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(panel, new Uri(link).PathAndQuery));
        Assert.Equal("dns.share\tcli:root\texample.org\t30", await panel.SqlAsync(
            "SELECT action, actor, subject, ROUND(TIMESTAMPDIFF(SECOND, at, REPLACE(LEFT(JSON_VALUE(`after`, '$.expiresAt'), 19), 'T', ' ')) / 86400) FROM audit_entries WHERE action = 'dns.share'"));
        await panel.SqlAsync("UPDATE domains SET name = 'new.example' WHERE name = 'example.org'");
        Assert.Equal(HttpStatusCode.Gone, await OpenAsync(panel, new Uri(link).PathAndQuery));
    }

    /// <summary>Nothing is made in the place of a key file that is not there, and nothing is written down.</summary>
    [MariaDbFact]
    public async Task Without_the_panels_key_file_the_shell_makes_no_link()
    {
        await using var panel = await PanelAsync();
        var file = Path.Combine(panel.Directory, "other.key");

        var answer = await Shell.RunAsync(panel.Server.ConnectionString(panel.Database), ["dns", "share", "example.org", $"--Panel:KeyFile={file}"]);

        Assert.Equal(1, answer.Status);
        Assert.StartsWith($"There is no key file {file} (Panel:KeyFile)", answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'dns.share'"));
        Assert.Equal(2, (await ShellAsync(panel, "share", "example.org", "--days", "2")).Status);
        Assert.Equal((1, "There is no domain absent.example.\n"), (await ShellAsync(panel, "share", "absent.example") is var absent ? absent.Status : 0, absent.Error));
    }

    [MariaDbFact]
    public async Task It_ends_with_its_days()
    {
        await using var panel = await PanelAsync();

        Assert.Equal(HttpStatusCode.Gone, await OpenAsync(panel, await LinkAsync(panel, days: -1)));
    }

    private static async Task<string> LinkAsync(Panel panel, int days)
    {
        var account = long.Parse(await panel.SqlAsync($"SELECT id FROM accounts WHERE login = '{Maker}'"), System.Globalization.CultureInfo.InvariantCulture);
        var domain = long.Parse(await panel.SqlAsync("SELECT id FROM domains WHERE name = 'example.org'"), System.Globalization.CultureInfo.InvariantCulture);
        return new Uri(panel.Services.GetRequiredService<ShareLink>().Of(new DnsShare(account, "example.org", domain, null, DateTime.UtcNow.AddDays(days), 0))).PathAndQuery;
    }

    private static async Task<string> ShellLinkAsync(Panel panel, string domain) => new Uri((await ShellAsync(panel, "share", domain)).Out.Trim()).PathAndQuery;

    private static Task<ShellAnswer> ShellAsync(Panel panel, params string[] arguments) =>
        Shell.RunAsync(panel.Server.ConnectionString(panel.Database), ["dns", .. arguments, $"--Panel:KeyFile={panel.KeyFile}", "--Panel:Listen=http://127.0.0.1:8080", "--Panel:Proxy=127.0.0.1", "--Panel:Url=https://panel.example.net"]);

    private static async Task<HttpStatusCode> OpenAsync(Panel panel, string path) => (await panel.Browser().GetAsync(path)).Status;

    private static async Task<Panel> PanelAsync()
    {
        var panel = await Panel.StartAsync("--MailServer:host_name=mx1.host.example");
        await panel.AddAccountAsync(Maker, Panel.Password, AccountKind.DomainAdmin);
        await panel.SqlAsync(
            $"""
            INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              VALUES ('example.org', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO domain_admins (account_id, domain_id, permissions) SELECT a.id, d.id, {(int)DomainPermissions.All} FROM accounts a, domains d WHERE a.login = '{Maker}';
            """);
        return panel;
    }
}
