using System.Net;
using System.Text;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Mail programs ask without an account, and learn what the domain has, never who is in it.</summary>
public sealed class ClientSetupTests
{
    [MariaDbFact]
    public async Task Settings_are_found_under_every_name_that_a_program_tries_and_for_no_other_domain()
    {
        await using var panel = await StartAsync();
        (string Host, string Path, bool IsThere)[] cases =
        [
            ("autoconfig.example.org", "/mail/config-v1.1.xml?emailaddress=bob@example.org", true),
            ("AutoConfig.Example.ORG", "/mail/config-v1.1.xml", true),
            ("example.org", "/.well-known/autoconfig/mail/config-v1.1.xml", true),
            ("autoconfig.alias.example", "/mail/config-v1.1.xml", true),
            ("localhost", "/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=bob@example.org", true),
            ("autoconfig.off.example", "/mail/config-v1.1.xml", false),
            ("autoconfig.off-alias.example", "/mail/config-v1.1.xml", false),
            ("autoconfig.relay.example", "/mail/config-v1.1.xml", false),
            ("autoconfig.foreign.example", "/mail/config-v1.1.xml", false),
            ("localhost", "/mail/config-v1.1.xml", false),
            ("localhost", "/mail/config-v1.1.xml?emailaddress=bob@foreign.example", false),
        ];
        foreach (var (host, path, isThere) in cases)
        {
            var answer = await AskAsync(panel, host, path);
            Assert.True((answer.Status == HttpStatusCode.OK) == isThere, $"{host}{path}: {answer.Status}");
            if (isThere) Assert.StartsWith("text/xml", answer.Header("Content-Type"), StringComparison.Ordinal);
        }
        Assert.Contains("<domain>alias.example</domain>", (await AskAsync(panel, "autoconfig.alias.example", "/mail/config-v1.1.xml")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_address_that_exists_is_answered_as_one_that_does_not()
    {
        await using var panel = await StartAsync();

        var answers = new List<string>();
        foreach (var name in new[] { "bob", "nobody", "o'connor" })
        {
            var file = await AskAsync(panel, "autoconfig.example.org", $"/mail/config-v1.1.xml?emailaddress={Uri.EscapeDataString(name)}@example.org");
            var settings = await DiscoverAsync(panel, $"{name}@example.org");
            answers.Add($"{file.Status} {file.Text} {settings.Status} {settings.Text.Replace($"{name}@", "x@", StringComparison.Ordinal)}");
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("<LoginName>x@example.org</LoginName>", answers[0], StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task What_is_no_question_is_an_error_that_Outlook_understands()
    {
        await using var panel = await StartAsync();

        foreach (var address in new[] { "bob@foreign.example", "bob@relay.example", "no address", "" })
            Assert.Contains("<ErrorCode>600</ErrorCode>", (await DiscoverAsync(panel, address)).Text, StringComparison.Ordinal);
        var long_ = await DiscoverAsync(panel, "bob@example.org", new string(' ', 100_000));
        Assert.Contains("<ErrorCode>600</ErrorCode>", long_.Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task The_second_version_of_Autodiscover_names_the_first_under_the_panels_own_address()
    {
        await using var panel = await StartAsync();

        foreach (var path in new[] { "/autodiscover/autodiscover.json?Email=bob@example.org&Protocol=AutodiscoverV1", "/Autodiscover/Autodiscover.JSON/v1.0/bob@example.org?protocol=autodiscoverv1" })
            Assert.Equal("""{"Protocol":"AutodiscoverV1","Url":"http://localhost/autodiscover/autodiscover.xml"}""", (await AskAsync(panel, "evil.example", path)).Text);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(panel, "localhost", "/autodiscover/autodiscover.json?Email=bob@example.org&Protocol=ActiveSync")).Status);
    }

    [MariaDbFact]
    public async Task Without_a_name_of_the_mail_server_nothing_is_told()
    {
        await using var panel = await StartAsync();
        await panel.SqlAsync("DELETE FROM settings WHERE `key` = 'host_name'");

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(panel, "autoconfig.example.org", "/mail/config-v1.1.xml")).Status);
        Assert.Contains("no name yet", (await (await panel.SignedInAsync("bob@example.org")).GetAsync("/me/devices")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_owner_reads_what_the_mailbox_may_use_and_takes_a_profile_along()
    {
        await using var panel = await StartAsync();
        var owner = await panel.SignedInAsync("bob@example.org");

        var page = (await owner.GetAsync("/me/devices")).Page.QuerySelector("main")!.TextContent;
        var profile = await owner.GetAsync("/me/devices?handler=Profile");
        await panel.SqlAsync("UPDATE mailboxes SET allows_imap = 0");
        var without = (await owner.GetAsync("/me/devices")).Page.QuerySelector("main")!.TextContent;

        Assert.Contains("mail.example.net", page, StringComparison.Ordinal);
        Assert.Contains("Incoming mail (IMAP)", page, StringComparison.Ordinal);
        Assert.Equal("application/x-apple-aspen-config", profile.Header("Content-Type"));
        Assert.Contains("<string>bob@example.org</string>", profile.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Incoming mail (IMAP)", without, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/me/devices?handler=Profile")).Status);
    }

    private static Task<Answer> AskAsync(Panel panel, string host, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return panel.Browser().SendAsync(request);
    }

    private static Task<Answer> DiscoverAsync(Panel panel, string address, string more = "")
    {
        var question = $"<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\">{more}<Request><EMailAddress>{address}</EMailAddress></Request></Autodiscover>";
        return panel.Browser().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/Autodiscover/autodiscover.xml") { Content = new StringContent(question, Encoding.UTF8, "text/xml") });
    }

    private static async Task<Panel> StartAsync()
    {
        var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("""
            INSERT INTO domains (id, name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES
              (2, 'alias.example', 'alias', 1, 'hosted', 1, 0, 0, 0, 1, NOW(6), NOW(6)), (3, 'off.example', 'hosted', NULL, NULL, 0, 0, 0, 0, 1, NOW(6), NOW(6)), (4, 'off-alias.example', 'alias', 3, 'hosted', 1, 0, 0, 0, 1, NOW(6), NOW(6));
            INSERT INTO domains (id, name, kind, transport, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES (5, 'relay.example', 'relay', 'mx', 1, 0, 0, 0, 1, NOW(6), NOW(6));
            INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.net', NOW(6))
            """);
        return panel;
    }
}
