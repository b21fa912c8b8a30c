using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>`adminpanel render` as a shell runs it.</summary>
public sealed class RenderTests
{
    [MailStackFact]
    public async Task Two_processes_in_different_zones_and_languages_write_the_same_bytes()
    {
        var instance = await TrialInstance.Shared;
        var first = await RenderAsync(instance, "UTC", "C");
        var second = await RenderAsync(instance, "Pacific/Auckland", "tr_TR.UTF-8");

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        Assert.Equal(first, Tree(instance.Config).Where(file => first.ContainsKey(file.Key)).ToDictionary());
    }

    [MailStackTheory]
    [InlineData("host_recipient=postmaster@mail.localhost", "Mail for mail.localhost itself cannot go to an address in mail.localhost. Choose an address in another domain for host_recipient.")]
    [InlineData("host_name=mail.example.org\nsmtpd_relay_restrictions=permit", "host_name must be")]
    [InlineData("relayhost=[a]:25 $(id)", "relayhost must be")]
    [InlineData("tls_key=</etc/shadow", "tls_key must be")]
    [InlineData("postfix_password=0123456789abcdef", "postfix_password is a secret")]
    [InlineData("nonsense=1", "There is no setting nonsense.")]
    public async Task A_setting_that_is_refused_leaves_no_file(string set, string reason)
    {
        var instance = await TrialInstance.Shared;
        var directory = Path.Combine(instance.Directory, "refused-" + Guid.NewGuid().ToString("N"));

        var (status, output, errors) = await instance.PanelAsync(["render", "--out", directory, "--set", set]);

        Assert.Equal(1, status);
        Assert.Equal("", output);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory));
    }

    [MailStackTheory]
    [InlineData("--dovecot", "2.5.0", "Dovecot 2.5.0 is no version that the panel writes for; those are 2.3, 2.4. If it reads the same files, name one of them, as in --dovecot 2.4.")]
    [InlineData("--postfix", "3.6", "Postfix 3.6 is no version that the panel writes for; those are 3.7, 3.8, 3.9, 3.10. If it reads the same files, name one of them, as in --postfix 3.10.")]
    [InlineData("--postfix", "3.8.1", "Postfix 3.8.1 does not understand all that is written for it. Update it to 3.8.5 or newer.")]
    public async Task A_version_that_is_not_known_leaves_no_file(string option, string version, string sentence)
    {
        var instance = await TrialInstance.Shared;
        var directory = Path.Combine(instance.Directory, "refused-" + Guid.NewGuid().ToString("N"));

        var (status, _, errors) = await instance.PanelAsync(["render", "--out", directory, option, version]);

        Assert.Equal(1, status);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory));
    }

    [MailStackFact]
    public async Task Other_versions_than_the_installed_ones_are_written_for_when_they_are_named()
    {
        var instance = await TrialInstance.Shared;
        var directory = Path.Combine(instance.Directory, "for-debian-13");

        Assert.Equal(0, (await instance.PanelAsync(["render", "--out", directory, "--dovecot", "2.4", "--postfix", "3.10"])).Status);

        Assert.StartsWith("{\n  \"dovecot\": \"2.4\",\n  \"postfix\": \"3.10\",\n", await File.ReadAllTextAsync(Path.Combine(directory, "manifest.json")), StringComparison.Ordinal);
        Assert.Contains("\ndovecot_config_version = 2.4.1\n", await File.ReadAllTextAsync(Path.Combine(directory, "dovecot/dovecot.conf")), StringComparison.Ordinal);
    }

    [MailStackFact]
    public async Task A_host_name_that_is_a_mail_domain_is_refused()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).WriteAsync(instance);

        var (status, _, errors) = await instance.PanelAsync(["render", "--out", Path.Combine(instance.Directory, "never"), "--set", "host_name=" + domain]);

        Assert.Equal(1, status);
        Assert.Contains($"{domain} is a mail domain here.", errors, StringComparison.Ordinal);
    }

    /// <summary>A taken web process can write the settings table; it must not choose where root's renderer reads keys and puts mail.</summary>
    [MailStackFact]
    public async Task The_settings_table_decides_what_the_panel_may_decide_and_nothing_of_the_host()
    {
        var instance = await TrialInstance.Shared;
        var directory = Path.Combine(instance.Directory, "settings");
        await instance.ExecuteAsync("""
            INSERT INTO settings (`key`, value, updated_at)
            VALUES ('message_size_limit', '12345678', UTC_TIMESTAMP(6)), ('mail_root', '/etc', UTC_TIMESTAMP(6)), ('tls_key', '/etc/shadow', UTC_TIMESTAMP(6))
            """);
        try
        {
            var (status, _, errors) = await instance.PanelAsync(["render", "--out", directory]);
            Assert.True(status == 0, errors);
            Assert.Contains("message_size_limit = 12345678\n", await File.ReadAllTextAsync(Path.Combine(directory, "postfix/main.cf")), StringComparison.Ordinal);
            Assert.DoesNotContain("/etc/shadow", await File.ReadAllTextAsync(Path.Combine(directory, "dovecot/dovecot.conf")), StringComparison.Ordinal);
            Assert.Contains($"'{instance.MailRoot}/'", await File.ReadAllTextAsync(Path.Combine(directory, "dovecot/dovecot-sql.conf.ext")), StringComparison.Ordinal);
        }
        finally
        {
            await instance.ExecuteAsync("DELETE FROM settings WHERE `key` IN ('message_size_limit', 'mail_root', 'tls_key')");
        }
    }

    private static async Task<Dictionary<string, string>> RenderAsync(TrialInstance instance, string zone, string language)
    {
        var directory = Path.Combine(instance.Directory, "render-" + zone.Replace('/', '-'));
        var (status, _, errors) = await TrialInstance.RunAsync(
            "/usr/bin/env", [$"TZ={zone}", $"LC_ALL={language}", Path.Combine(TrialInstance.Repository, "adminpanel"), "--var", instance.Directory, "render", "--out", directory]);
        Assert.True(status == 0, errors);
        return Tree(directory);
    }

    private static Dictionary<string, string> Tree(string directory) =>
        Directory.GetFiles(directory, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(directory, path), File.ReadAllText);
}
