using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What the page of a domain's keys says of the program that signs, which is chosen elsewhere.</summary>
public sealed class DkimPageTests
{
    private const string Ed25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [MariaDbTheory]
    [InlineData("rspamd", "rspamd", "Signs", "Signs")]
    [InlineData("opendkim", "none", "Signs nothing", "Signs")]
    [InlineData("opendkim", "rspamd", "Signs nothing", "Signs")]
    public async Task A_key_that_the_signer_cannot_use_is_said_to_sign_nothing(string signer, string spamFilter, string ed25519, string rsa)
    {
        await using var panel = await PanelAsync($"--MailServer:dkim_signer={signer}", $"--MailServer:spam_filter={spamFilter}");
        var browser = await panel.SignedInAsync();

        var page = (await browser.GetAsync("/domains/example.org/dkim")).Page;

        Assert.Equal([("e1", ed25519), ("s1", rsa)], page.QuerySelectorAll(".records .panel-head").Select(head => (head.QuerySelector("h2")!.ChildNodes[0].TextContent.Trim(), head.LastElementChild!.TextContent.Trim())));
        Assert.Equal(signer == "opendkim", page.Body!.TextContent.Contains("no message gets a signature of this key", StringComparison.Ordinal));
        Assert.DoesNotContain("Nothing signs", page.Body!.TextContent, StringComparison.Ordinal);
        var add = (await browser.GetAsync("/domains/example.org/dkim/add")).Page;
        Assert.Equal(signer == "opendkim", add.Body!.TextContent.Contains("signs with RSA alone", StringComparison.Ordinal));
    }

    [MariaDbFact]
    public async Task Without_a_signer_the_page_says_so()
    {
        await using var panel = await PanelAsync("--MailServer:dkim_signer=rspamd", "--MailServer:spam_filter=none");

        var page = (await (await panel.SignedInAsync()).GetAsync("/domains/example.org/dkim")).Page;

        Assert.Contains("Nothing signs", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<Panel> PanelAsync(params string[] settings)
    {
        var panel = await Panel.StartAsync(settings);
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync(
            $"""
            INSERT INTO domains (id, name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              VALUES (1, 'example.org', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO dkim_keys (domain_id, selector, algorithm, bits, public_key, sealed_private_key, state, active_since, version, created_at, updated_at) VALUES
              (1, 'e1', 'ed25519', NULL, '{Ed25519}', 'x', 'active', '2026-11-21', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
              (1, 's1', 'rsa', 2048, '{Convert.ToBase64String(System.Security.Cryptography.RSA.Create(2048).ExportSubjectPublicKeyInfo())}', 'x', 'active', '2026-11-21', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO settings (`key`, value, updated_at) VALUES ('public.sealing-key', '{Ed25519}', UTC_TIMESTAMP(6));
            """);
        return panel;
    }
}
