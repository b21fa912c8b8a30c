using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>`adminpanel verify`: the programs that will read the configuration, every lookup table and every query of Dovecot, asked before anything is touched.</summary>
public sealed class VerifyTests
{
    [MailStackFact]
    public async Task The_configuration_that_the_daemons_run_from_is_found_right()
    {
        var instance = await TrialInstance.Shared;
        var domain = await WorldAsync(instance);

        var (status, output, errors) = await instance.PanelAsync(["verify", "--json"]);

        Assert.Equal((0, ""), (status, errors));
        using var json = JsonDocument.Parse(output);
        var tables = json.RootElement.GetProperty("tables").EnumerateObject().ToDictionary(table => table.Name, table => table.Value.GetInt32());
        Assert.Equal(["plain_alias_maps", "smtpd_sender_login_maps", "transport_maps", "virtual_alias_maps", "virtual_alias_maps_outside", "virtual_mailbox_domains", "virtual_mailbox_maps"], tables.Keys.Order(StringComparer.Ordinal));
        Assert.All(tables.Values, keys => Assert.InRange(keys, 60, 100_000));
        Assert.InRange(json.RootElement.GetProperty("users").GetInt32(), 20, 100_000);
        Assert.Contains($"bob@{domain}", (await instance.PanelAsync(["mailbox", "list", domain, "--csv"])).Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "panel-verify-*"));
    }

    // Each is a mistake that a panel has made: a query that fails for every key, or for those of a stranger alone, and a
    // table that answers for what is switched off.
    [MailStackFact]
    public async Task A_lookup_table_that_fails_or_answers_wrongly_is_found()
    {
        var instance = await TrialInstance.Shared;
        var domain = await WorldAsync(instance);

        var (status, _, errors) = await WithTemplatesAsync(instance,
            ("postfix/virtual_mailbox_maps.cf", "o.is_active = 1", "1 = 1"),
            ("postfix/virtual_mailbox_domains.cf", "d.name = '%s'", "d.name = '%s' AND ('x' REGEXP '%s') IS NOT NULL"),
            ("postfix/smtpd_sender_login_maps.cf", "'%s'", "%s"));

        Assert.Equal(1, status);
        Assert.Contains($"The lookup table virtual_mailbox_maps answers off@{domain} with ", errors, StringComparison.Ordinal);
        Assert.Contains("The lookup table virtual_mailbox_domains fails", errors, StringComparison.Ordinal);
        Assert.Contains("The lookup table smtpd_sender_login_maps fails", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("virtual_alias_maps", errors, StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task A_query_of_dovecot_that_answers_wrongly_is_found()
    {
        var instance = await TrialInstance.Shared;
        var domain = await WorldAsync(instance);

        var (status, _, errors) = await WithTemplatesAsync(instance,
            ("dovecot-2.3/dovecot-sql.conf.ext", "WHEN 'imap' THEN m.allows_imap", "WHEN 'imap' THEN 1"),
            ("dovecot-2.3/dovecot-sql.conf.ext", "WHERE a.address = '%u' AND a.is_active = 1", "WHERE a.address = '%u'"));

        Assert.Equal(1, status);
        Assert.Contains($"Dovecot answers noimap@{domain} over imap with noimap@{domain}; by the panel's data it is -.", errors, StringComparison.Ordinal);
        Assert.Contains("over delivery with ", errors, StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task A_query_of_dovecot_that_fails_is_found()
    {
        var (status, _, errors) = await WithTemplatesAsync(await TrialInstance.Shared, ("dovecot-2.3/dovecot-sql.conf.ext", "IF(p.id IS NULL, m.password_hash, NULL)", "IF(p.id IS NULL, m.pasword_hash, NULL)"));

        Assert.Equal(1, status);
        Assert.Contains("Dovecot cannot ask the database", errors, StringComparison.Ordinal);
    }

    [MailStackTheory]
    [InlineData("TLS_CERTIFICATE=/nowhere/server.pem", "The TLS certificate /nowhere/server.pem")]
    [InlineData("POSTFIX_PASSWORD=0123456789abcdef", "Access denied for user")]
    public async Task What_the_daemons_could_not_use_is_found(string setting, string reason)
    {
        var (status, _, errors) = await RunAsync(await TrialInstance.Shared, "$PANEL_PUBLISHED", $"export ADMINPANEL__MAILSERVER__{setting}");

        Assert.Equal(1, status);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [SpamFilterFact]
    public async Task The_spam_filter_is_asked_about_its_files_where_it_is_used()
    {
        var instance = await TrialInstance.Shared;

        var with = await RunAsync(instance, "$PANEL_PUBLISHED", "export ADMINPANEL__MAILSERVER__SPAM_FILTER=rspamd");
        var without = await RunAsync(instance, "$PANEL_PUBLISHED", ":");

        Assert.True(with.Status == 0, with.Errors);
        Assert.Contains("rspamadm configtest: nothing to say against it", with.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rspamadm", without.Output, StringComparison.Ordinal);
    }

    [SigningFact]
    public async Task OpenDKIM_is_asked_about_its_files_where_it_signs()
    {
        var instance = await TrialInstance.Shared;
        // A key, so that its tables are not empty; that its file is not there yet is no fault.
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).WriteAsync(instance);
        Assert.Equal(0, (await instance.PanelAsync(["dkim", "generate", domain, "--selector", "s1"])).Status);
        await instance.ExecuteAsync($"UPDATE dkim_keys k JOIN domains d ON d.id = k.domain_id SET k.state = 'active', k.active_since = UTC_TIMESTAMP(6) WHERE d.name = '{domain}'");

        var with = await RunAsync(instance, "$PANEL_PUBLISHED", "export ADMINPANEL__MAILSERVER__DKIM_SIGNER=opendkim");
        var without = await RunAsync(instance, "$PANEL_PUBLISHED", ":");

        Assert.True(with.Status == 0, with.Errors);
        Assert.Contains("opendkim -n: nothing to say against it", with.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("opendkim", without.Output, StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task Whoever_is_not_root_is_told_so_and_nothing_is_done()
    {
        var instance = await TrialInstance.Shared;
        var copy = Directory.CreateTempSubdirectory("panel-copy-").FullName;
        try
        {
            await TrialInstance.RunAsync("/bin/bash", ["-c", $". {instance.Directory}/private/environment && cp -r \"$PANEL_PUBLISHED/.\" {copy} && chmod -R a+rX {copy}"]);
            foreach (var verb in (string[])["verify", "apply", "apply --dry-run", "apply --recover", "drift"])
            {
                var (status, _, errors) = await RunAsync(instance, copy, ":", verb, by: "setpriv --reuid=65534 --regid=65534 --clear-groups env DOTNET_CLI_HOME=/tmp");

                Assert.Equal((verb, 1), (verb, status));
                Assert.Contains("root", errors, StringComparison.Ordinal);
            }
            Assert.False(Directory.Exists(Path.Combine(instance.Directory, "applied")));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>A domain of its own with a mailbox that receives, one that does not, one without IMAP, a catch-all, and relay domains of every kind.</summary>
    private static async Task<string> WorldAsync(TrialInstance instance)
    {
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain)
            .RelayDomain($"relay.{domain}", "192.0.2.1", 2525).Recipient($"listed@relay.{domain}")
            .RelayDomain($"relay6.{domain}", "2001:db8::1", 25).RelayDomain($"mx.{domain}").RelayDomain($"off.{domain}", "192.0.2.1", 25, isActive: false).Recipient($"listed@off.{domain}")
            // No page makes a mailbox in an alias domain, and the tables have an answer all the same.
            .Domain($"alias.{domain}", target: domain).Mailbox($"own@alias.{domain}", $"{domain}/own")
            .WriteAsync(instance);
        foreach (var name in (string[])["bob", "off", "noimap", "-f"]) Assert.Equal(0, (await instance.PanelAsync(["mailbox", "add", "--password-stdin", "--", $"{name}@{domain}"], "correct horse battery staple\n")).Status);
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "set", $"off@{domain}", "--active", "false"])).Status);
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "set", $"noimap@{domain}", "--no-imap", "--networks", "192.0.2.0/24,2001:db8::/32"])).Status);
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "set", "--networks", "203.0.113.7", "--", $"-f@{domain}"])).Status);
        Assert.Equal(0, (await instance.PanelAsync(["alias", "add", $"@{domain}", $"bob@{domain}"])).Status);
        return domain;
    }

    /// <summary>verify by a program whose templates are others.</summary>
    private static async Task<(int Status, string Output, string Errors)> WithTemplatesAsync(TrialInstance instance, params (string Path, string Right, string Wrong)[] changes)
    {
        var copy = Directory.CreateTempSubdirectory("panel-copy-").FullName;
        try
        {
            await TrialInstance.RunAsync("/bin/bash", ["-c", $". {instance.Directory}/private/environment && cp -r \"$PANEL_PUBLISHED/.\" {copy}"]);
            foreach (var (template, right, wrong) in changes)
            {
                var path = Path.Combine(copy, "sql-maps", template);
                var text = await File.ReadAllTextAsync(path);
                Assert.Contains(right, text, StringComparison.Ordinal);
                await File.WriteAllTextAsync(path, text.Replace(right, wrong, StringComparison.Ordinal));
            }
            return await RunAsync(instance, copy, ":");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static Task<(int Status, string Output, string Errors)> RunAsync(TrialInstance instance, string program, string before, string verb = "verify", string by = "") =>
        TrialInstance.RunAsync("/bin/bash", ["-c", $"set -a; . {instance.Directory}/private/environment; set +a; {before}; exec {by} dotnet {program}/AdminPanel.Web.dll {verb}"]);
}
