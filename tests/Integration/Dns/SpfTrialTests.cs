using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>What another provider would cost in SPF, counted at real name servers by whoever may have them asked.</summary>
public sealed class SpfTrialTests : IAsyncLifetime
{
    private NameServer names = null!;

    [NameServerTheory]
    // mx, the include, and what that asks: two includes and an a; one of the names has no address.
    [InlineData("spf.provider.example", "good With include:spf.provider.example whoever checks the record would ask DNS 5 times; 10 are allowed. 1 answers would be empty; 2 are allowed. 4 of these questions and 1 of these empty answers", "v=spf1 mx include:spf.provider.example -all")]
    [InlineData(" include:SPF.provider.example. ", "good With include:spf.provider.example whoever", "v=spf1 mx include:spf.provider.example -all")]
    [InlineData("dear.provider.example", "wrong With include:dear.provider.example whoever checks the record would ask DNS 12 times, and 10 are allowed", "v=spf1 mx include:dear.provider.example -all")]
    [InlineData("void.provider.example", "wrong With include:void.provider.example whoever checks the record would ask DNS 5 times, and 10 are allowed; 3 answers would be empty, and 2 are allowed", "v=spf1 mx include:void.provider.example -all")]
    [InlineData("absent.provider.example", "wrong absent.provider.example has no SPF record that can be read", null)]
    public async Task The_record_with_the_provider_is_counted(string typed, string sentence, string? record)
    {
        await using var panel = await PanelAsync();

        var page = await AskAsync(await panel.SignedInAsync(), typed);

        var answer = page.QuerySelector(".spf-trial")!;
        Assert.StartsWith(sentence, Text(answer), StringComparison.Ordinal);
        Assert.Equal(record, answer.QuerySelector("code")?.TextContent);
        Assert.Equal(record, answer.QuerySelector("[data-copy]")?.GetAttribute("data-copy"));
    }

    [NameServerFact]
    public async Task What_is_there_already_is_kept_and_counted()
    {
        await names.WriteZoneAsync("own.example", [names.Address], "@ MX 10 mx.host.example.", "@ TXT \"v=spf1 include:one.provider.example ip4:198.51.100.7 ~all\"");
        await using var panel = await PanelAsync();

        var answer = (await AskAsync(await panel.SignedInAsync(), "spf.provider.example")).QuerySelector(".spf-trial")!;

        Assert.Equal("v=spf1 include:one.provider.example ip4:198.51.100.7 mx include:spf.provider.example ~all", answer.QuerySelector("code")!.TextContent);
        Assert.Contains("would ask DNS 6 times", Text(answer), StringComparison.Ordinal);
    }

    [NameServerTheory]
    [InlineData("provider")]
    [InlineData("a..b")]
    [InlineData("%{i}.provider.example")]
    [InlineData("x y.example")]
    [InlineData("<script>alert(1)</script>.example")]
    public async Task What_is_no_name_is_refused_at_the_field(string typed)
    {
        await using var panel = await PanelAsync();

        var page = await AskAsync(await panel.SignedInAsync(), typed);

        Assert.Equal("Enter the name that the provider gives for its include, such as _spf.example.net.", page.QuerySelector("#Include-error")!.TextContent.Trim());
        Assert.Equal(typed, page.QuerySelector("#Include")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector(".spf-trial"));
    }

    /// <summary>Whoever only sees the domain has nobody's name servers asked.</summary>
    [NameServerFact]
    public async Task Asking_is_for_whoever_manages_DNS()
    {
        await using var panel = await PanelAsync();
        await panel.AddAccountAsync("sees@example.net", Panel.Password, AccountKind.DomainAdmin);
        await panel.SqlAsync("INSERT INTO domain_admins (account_id, domain_id) SELECT a.id, d.id FROM accounts a, domains d WHERE a.login = 'sees@example.net'");

        var page = await AskAsync(await panel.SignedInAsync("sees@example.net"), "spf.provider.example");

        Assert.Null(page.QuerySelector("#Include"));
        Assert.Null(page.QuerySelector(".spf-trial"));
    }

    public async Task InitializeAsync()
    {
        if (Requirement.NameServer.Repair is not null) return;

        names = await NameServer.StartAsync();
        await names.WriteZoneAsync("own.example", [names.Address], "@ MX 10 mx.host.example.");
        await names.WriteZoneAsync(
            "provider.example", [names.Address], ["spf TXT \"v=spf1 include:one.provider.example include:two.provider.example a:nobody.provider.example ~all\"", "one TXT \"v=spf1 ip4:203.0.113.0/24 -all\"", "two TXT \"v=spf1 ip4:198.51.100.0/24 -all\"",
            $"dear TXT \"v=spf1 {string.Join(' ', Enumerable.Range(0, 10).Select(i => $"a:h{i}.provider.example"))} -all\"", .. Enumerable.Range(0, 10).SelectMany(i => (string[])[$"h{i} A 203.0.113.1", $"h{i} AAAA 2001:db8::1"]),
            "void TXT \"v=spf1 a:x.provider.example a:y.provider.example exists:z.provider.example -all\"", "absent TXT \"no spf\""]);
    }

    public async Task DisposeAsync()
    {
        if (names is not null) await names.DisposeAsync();
    }

    private async Task<Panel> PanelAsync()
    {
        var panel = await Panel.StartAsync("--MailServer:host_name=mx.host.example", $"--Dns:Resolver={names.Address}");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync("INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES ('own.example', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
        return panel;
    }

    private static async Task<IParentNode> AskAsync(Browser browser, string typed) => (await browser.GetAsync($"/domains/own.example/dns?Include={Uri.EscapeDataString(typed)}")).Page;

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
