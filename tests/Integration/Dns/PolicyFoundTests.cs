using System.Net;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>The panel's own policy by way of a web server in front of it, as it is fetched, kept and shown.</summary>
public sealed class PolicyFoundTests : IAsyncLifetime
{
    private const string Host = "host.example";

    private readonly TestAuthority authority = TestAuthority.Create();
    private readonly string authorities = Path.GetTempFileName();
    private NameServer names = null!;

    [NameServerFact]
    public async Task What_senders_get_is_a_line_on_the_page_and_in_the_report_of_the_shell()
    {
        await using var panel = await PanelAsync();
        var browser = await panel.SignedInAsync();
        Assert.Null((await browser.GetAsync("/domains/own.example/dns")).Page.QuerySelector(".policy"));

        Assert.Contains("mta-sts.own.example has no address. Publish its record", await LineAsync(browser), StringComparison.Ordinal);

        await using var web = await WebServer.StartAsync(authority.Issue("mta-sts.own.example"), http => HandOnAsync(panel, http));
        await PublishAsync(web.Address, "v=STSv1; id=1");
        Assert.Contains("wrong It is what the panel serves, but the record _mta-sts has the id 1 in place", await LineAsync(browser), StringComparison.Ordinal);
        var (status, policy) = await ReportAsync(panel);
        Assert.Equal((1, "other_id", false, "https://mta-sts.own.example/.well-known/mta-sts.txt"), (status, policy.GetProperty("verdict").GetString(), policy.GetProperty("isGood").GetBoolean(), policy.GetProperty("url").GetString()));

        var wanted = (await browser.GetAsync("/domains/own.example/dns")).Page.QuerySelectorAll(".record").Single(r => r.QuerySelector("h3")!.TextContent.Trim().StartsWith("MTA-STS optional", StringComparison.Ordinal)).QuerySelector(".record-value code")!.TextContent;
        await PublishAsync(web.Address, wanted);
        Assert.Contains("right It is what the panel serves.", await LineAsync(browser), StringComparison.Ordinal);
        (status, policy) = await ReportAsync(panel);
        Assert.Equal((0, "right"), (status, policy.GetProperty("verdict").GetString()));
        Assert.Equal("version: STSv1\r\nmode: enforce\r\nmx: mx.host.example\r\nmax_age: 1209600\r\n", policy.GetProperty("found").GetString());

        // What was found is of the policy of then.
        await panel.SqlAsync("UPDATE domains SET mta_sts = 'testing'");
        Assert.Null((await browser.GetAsync("/domains/own.example/dns")).Page.QuerySelector(".policy"));
    }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(authorities, authority.Pem);
        if (Requirement.NameServer.Repair is not null) return;

        names = await NameServer.StartAsync();
        await names.WriteZoneAsync("own.example", [names.Address], "@ MX 10 mx.host.example.", "@ TXT \"v=spf1 mx -all\"", "_dmarc TXT \"v=DMARC1; p=reject\"");
        await names.WriteZoneAsync(Host, [names.Address], "mx A 192.0.2.25", "mx TXT \"v=spf1 a -all\"");
    }

    public async Task DisposeAsync()
    {
        if (names is not null) await names.DisposeAsync();
        authority.Dispose();
        File.Delete(authorities);
    }

    private string[] Settings() => [$"--MailServer:host_name=mx.{Host}", $"--Dns:Resolver={names.Address}", "--Dns:TrustAnchor=none", "--Dns:PolicyNetworks=127.0.0.0/8", $"--Dns:PolicyAuthorities={authorities}"];

    private async Task<Panel> PanelAsync()
    {
        var panel = await Panel.StartAsync(Settings());
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync("INSERT INTO domains (name, kind, is_active, mta_sts, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES ('own.example', 'hosted', 1, 'enforce', 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
        return panel;
    }

    private Task PublishAsync(IPAddress web, string announced) => names.WriteZoneAsync(
        "own.example", [names.Address], "@ MX 10 mx.host.example.", "@ TXT \"v=spf1 mx -all\"", "_dmarc TXT \"v=DMARC1; p=reject\"", "_submissions._tcp SRV 0 1 465 mx.host.example.", "_imaps._tcp SRV 0 1 993 mx.host.example.",
        $"mta-sts A {web}", $"_mta-sts TXT \"{announced}\"");

    private static async Task HandOnAsync(Panel panel, HttpContext http)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(panel.Address, http.Request.Path));
        request.Headers.Host = http.Request.Host.Value;
        using var answer = await client.SendAsync(request);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>After a look.</summary>
    private static async Task<string> LineAsync(Browser browser)
    {
        await browser.SubmitAsync("/domains/own.example/dns");
        return string.Join(' ', (await browser.GetAsync("/domains/own.example/dns")).Page.QuerySelector(".policy")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<(int Status, System.Text.Json.JsonElement Policy)> ReportAsync(Panel panel)
    {
        var answer = await Shell.RunAsync(panel.Server.ConnectionString(panel.Database), ["dns", "check", "own.example", "--json", .. Settings()]);
        return (answer.Status, answer.Json.GetProperty("policy"));
    }
}
