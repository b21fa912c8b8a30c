using System.Net;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What somebody at a registrar's form copies from, and takes away.</summary>
public sealed class DnsPageTests
{
    private const string Host = "--MailServer:host_name=mx1.host.example";

    [MariaDbFact]
    public async Task The_page_has_each_field_of_each_record_as_text_and_on_a_button()
    {
        await using var panel = await PanelAsync(Host, "--MailServer:public_addresses=192.0.2.10");
        var page = (await (await panel.SignedInAsync()).GetAsync("/domains/example.org/dns")).Page;

        var mx = Records(page).First();
        Assert.Equal(["MX", "@", "example.org.", "3600", "10 mx1.host.example."], mx.QuerySelectorAll(".record-fields code").Select(c => c.TextContent));
        Assert.Equal(["MX", "@", "example.org.", "3600", "10 mx1.host.example."], mx.QuerySelectorAll("[data-copy]").Select(b => b.GetAttribute("data-copy")));
        Assert.Equal(["Records of example.org", "Records of the mail server: once, however many domains it has", "DMARC, step by step", "TLS between mail servers (MTA-STS)"], page.QuerySelectorAll("main h2").Select(h => h.TextContent.Trim()));
        Assert.Contains(Records(page), r => r.QuerySelectorAll("code").Select(c => c.TextContent).Contains("10.2.0.192.in-addr.arpa."));
    }

    [MariaDbFact]
    public async Task Reports_go_to_an_address_that_is_there_and_active()
    {
        await using var panel = await PanelAsync(Host);
        var browser = await panel.SignedInAsync();
        Assert.Equal("v=DMARC1; p=none; sp=none; np=reject", await ValueAsync(browser, "example.org", "DMARC"));

        await panel.SqlAsync("INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'dmarc@example.org', id, 'alias', 1 FROM domains WHERE name = 'example.org'");
        Assert.Equal("v=DMARC1; p=none; sp=none; np=reject; rua=mailto:dmarc@example.org", await ValueAsync(browser, "example.org", "DMARC"));
        // An alias domain has its target's addresses, under its own name.
        Assert.Equal("v=DMARC1; p=none; sp=none; np=reject; rua=mailto:dmarc@example.com", await ValueAsync(browser, "example.com", "DMARC"));

        await panel.SqlAsync("UPDATE addresses SET is_active = 0");
        Assert.Equal("v=DMARC1; p=none; sp=none; np=reject", await ValueAsync(browser, "example.org", "DMARC"));
    }

    [MariaDbFact]
    public async Task A_relay_domain_has_its_MX_alone()
    {
        await using var panel = await PanelAsync(Host);
        var page = (await (await panel.SignedInAsync()).GetAsync("/domains/relay.example/dns")).Page;

        Assert.Equal(["Mail server", "SPF of the server"], Records(page).Select(Title));
    }

    [MariaDbTheory]
    [InlineData("bind", "text/dns", "example.org.zone", "$ORIGIN example.org.\n@ ")]
    [InlineData("cloudflare", "application/json", "example.org.cloudflare.json", "{\n  \"posts\": [\n")]
    [InlineData("route53", "application/json", "example.org.route53.json", "{\n  \"Comment\": \"Mail for example.org\",\n")]
    [InlineData("csv", "text/csv", "example.org.csv", "zone,name,full_name,type,ttl,value,need,purpose\r\n")]
    [InlineData("text", "text/plain", "example.org.txt", "Mail for example.org needs the following DNS records.")]
    public async Task Each_export_is_a_file_of_its_kind(string format, string type, string name, string begin)
    {
        await using var panel = await PanelAsync(Host);
        var answer = await (await panel.SignedInAsync()).GetAsync($"/export/dns/example.org?format={format}");

        Assert.Equal((HttpStatusCode.OK, type), (answer.Status, answer.Message.Content.Headers.ContentType!.MediaType));
        Assert.Equal(name, answer.Message.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith(begin, answer.Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_zone_above_the_domain_is_chosen_and_one_that_is_not_is_ignored()
    {
        await using var panel = await PanelAsync(Host);
        var browser = await panel.SignedInAsync();

        Assert.Equal("shop", Records((await browser.GetAsync("/domains/shop.example.net/dns?zone=example.net")).Page).First().QuerySelectorAll("code")[1].TextContent);
        Assert.Equal("@", Records((await browser.GetAsync("/domains/shop.example.net/dns?zone=example.org")).Page).First().QuerySelectorAll("code")[1].TextContent);
        Assert.StartsWith("$ORIGIN example.net.\nshop ", (await browser.GetAsync("/export/dns/shop.example.net?zone=example.net")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/export/dns/example.org?format=doc")).Status);
    }

    [MariaDbFact]
    public async Task Without_a_name_of_the_mail_server_the_page_says_where_to_choose_it()
    {
        await using var panel = await PanelAsync();
        var browser = await panel.SignedInAsync();
        var page = (await browser.GetAsync("/domains/example.org/dns")).Page;

        Assert.Empty(Records(page));
        Assert.Equal("/mail-server", page.QuerySelector("main .notice a")!.GetAttribute("href"));
        Assert.Equal("/domains/example.org/dns", (await browser.GetAsync("/export/dns/example.org")).Location);
    }

    [MariaDbFact]
    public async Task What_is_asked_of_others_is_chosen_and_stands_in_the_records()
    {
        await using var panel = await PanelAsync(Host);
        var browser = await panel.SignedInAsync();
        foreach (var domain in (string[])["example.org", "example.com"])
        {
            var saved = await browser.SubmitAsync($"/domains/{domain}/dns/policies", ("Input.Dmarc", "quarantine_test"), ("Input.MtaSts", "enforce"));

            Assert.Equal($"/domains/{domain}/dns", saved.Location);
            Assert.Equal("v=DMARC1; p=quarantine; sp=quarantine; np=reject; t=y", await ValueAsync(browser, domain, "DMARC"));
            Assert.StartsWith("v=STSv1; id=", await ValueAsync(browser, domain, "MTA-STS"), StringComparison.Ordinal);
        }
        Assert.Equal("domain.set-policies\texample.org\tnone\tquarantineTest\tenforce", await panel.SqlAsync(
            "SELECT action, subject, JSON_VALUE(`before`, '$.dmarcStep'), JSON_VALUE(`after`, '$.dmarcStep'), JSON_VALUE(`after`, '$.mtaSts') FROM audit_entries WHERE action = 'domain.set-policies' ORDER BY id LIMIT 1"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/relay.example/dns/policies")).Status);
    }

    /// <summary>The version is the domain's: whoever changed anything else of it is named, too.</summary>
    [MariaDbTheory]
    [InlineData("example.org")]
    [InlineData("example.com")]
    public async Task Whoever_was_overtaken_learns_by_whom(string domain)
    {
        await using var panel = await PanelAsync(Host);
        await panel.AddAccountAsync("maria@example.net", Panel.Password);
        var (root, maria) = (await panel.SignedInAsync(), await panel.SignedInAsync("maria@example.net"));
        var opened = await root.GetAsync($"/domains/{domain}/dns/policies");
        await maria.SubmitAsync($"/domains/{domain}/dns/policies", ("Input.Dmarc", "quarantine"));

        var answer = await root.SubmitAsync(opened, $"/domains/{domain}/dns/policies", ("Input.Dmarc", "reject"));

        Assert.Contains("maria@example.net", answer.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("quarantine", await panel.SqlAsync($"SELECT dmarc_step FROM domains WHERE name = '{domain}'"));
    }

    /// <summary>A stranger asks, by the name of a host below the domain; everything else has no such file.</summary>
    [MariaDbFact]
    public async Task The_policy_on_TLS_is_served_under_the_name_that_senders_ask()
    {
        await using var panel = await PanelAsync(Host);
        await panel.SqlAsync("UPDATE domains SET mta_sts = 'testing' WHERE name = 'example.org'; UPDATE domains SET mta_sts = 'enforce' WHERE name = 'example.com'; UPDATE domains SET mta_sts = 'enforce', is_active = 0 WHERE name = 'shop.example.net'");

        var answer = await PolicyAsync(panel, "MTA-STS.example.org");
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.Status, answer.Message.Content.Headers.ContentType!.MediaType));
        Assert.Equal("version: STSv1\r\nmode: testing\r\nmx: mx1.host.example\r\nmax_age: 86400\r\n", answer.Text);
        Assert.Empty(answer.Message.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []);
        Assert.Contains("mode: enforce\r\n", (await PolicyAsync(panel, "mta-sts.example.com")).Text, StringComparison.Ordinal);
        foreach (var host in (string[])["example.org", "mta-sts.relay.example", "mta-sts.nobody.example", "mta-sts.shop.example.net", "mta-sts.x", "mta-sts.127.0.0.1"])
            Assert.Equal((host, HttpStatusCode.NotFound), (host, (await PolicyAsync(panel, host)).Status));
    }

    /// <summary>An alias domain has the mail of its target, which is none.</summary>
    [MariaDbTheory]
    [InlineData("example.org")]
    [InlineData("example.com")]
    public async Task A_domain_from_which_nothing_can_come_says_so(string domain)
    {
        await using var panel = await PanelAsync(Host);
        var browser = await panel.SignedInAsync();
        await panel.SqlAsync("UPDATE domains SET transport = 'error' WHERE name = 'example.org'");
        Assert.Equal(["0 .", "v=spf1 -all", "v=DMARC1; p=reject", "v=DKIM1; p="], await ValuesAsync(browser, domain));

        // Somebody may send as it: the world must not be told to refuse that.
        await panel.SqlAsync("UPDATE domains SET mailbox_count = 1 WHERE name = 'example.org'");
        Assert.Equal("10 mx1.host.example.", (await ValuesAsync(browser, domain))[0]);
    }

    [MariaDbFact]
    public async Task An_alias_domain_of_a_silent_one_as_which_somebody_may_send_is_not_silent()
    {
        await using var panel = await PanelAsync(Host);
        var browser = await panel.SignedInAsync();
        await panel.SqlAsync(
            """
            UPDATE domains SET transport = 'error' WHERE name = 'example.org';
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'box@shop.example.net', id, 'mailbox', 1 FROM domains WHERE name = 'shop.example.net';
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at) SELECT id, 'mailbox', 'x', UTC_TIMESTAMP(6), 'x/', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
            INSERT INTO send_as_grants (mailbox_id, address, domain_id) SELECT m.id, '@example.com', d.id FROM mailboxes m, domains d WHERE d.name = 'example.com';
            """);

        Assert.Equal("10 mx1.host.example.", (await ValuesAsync(browser, "example.com"))[0]);
        Assert.Equal("0 .", (await ValuesAsync(browser, "example.org"))[0]);
    }

    /// <summary>What somebody wrote into the table past the panel is text on the page, and ends no line of a zone file.</summary>
    [MariaDbFact]
    public async Task A_hostile_setting_makes_no_record()
    {
        await using var panel = await PanelAsync(Host);
        await panel.SqlAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('certificate_authorities', 'x\"\n@ IN A 203.0.113.1,<script>alert(1)</script>', UTC_TIMESTAMP(6)), ('relayhost', '<script>alert(1)</script>', UTC_TIMESTAMP(6))");
        var browser = await panel.SignedInAsync();

        Assert.Empty((await browser.GetAsync("/domains/example.org/dns")).Page.QuerySelectorAll("main script"));
        Assert.DoesNotContain("203.0.113.1", (await browser.GetAsync("/export/dns/example.org")).Text, StringComparison.Ordinal);
    }

    private static async Task<Answer> PolicyAsync(Panel panel, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/mta-sts.txt");
        request.Headers.Host = host;
        return await panel.Browser().SendAsync(request);
    }

    private static async Task<IReadOnlyList<string>> ValuesAsync(Browser browser, string domain) =>
        [.. Records((await browser.GetAsync($"/domains/{domain}/dns")).Page).Select(r => r.QuerySelector(".record-value code")!.TextContent)];

    private static IEnumerable<IElement> Records(IParentNode page) => page.QuerySelectorAll(".record");

    private static string Title(IElement record) => record.QuerySelector("h3")!.ChildNodes[0].TextContent.Trim();

    private static async Task<string> ValueAsync(Browser browser, string domain, string title) =>
        Records((await browser.GetAsync($"/domains/{domain}/dns")).Page).Single(r => Title(r) == title).QuerySelector(".record-value code")!.TextContent;

    private static async Task<Panel> PanelAsync(params string[] settings)
    {
        var panel = await Panel.StartAsync(settings);
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync(
            """
            INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              VALUES ('example.org', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)), ('shop.example.net', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO domains (name, kind, transport, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              VALUES ('relay.example', 'relay', 'mx', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO domains (name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              SELECT 'example.com', 'alias', id, 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM domains WHERE name = 'example.org';
            """);
        return panel;
    }
}
