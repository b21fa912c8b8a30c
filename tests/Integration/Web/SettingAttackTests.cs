using System.Net;
using AdminPanel.Data;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.MailServer.Settings;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// Somebody has the account of a superadmin, or may write the panel's database, and tries to get something into the
/// daemons' configuration that root's render would put in force: an open relay, a file that Dovecot reads as root, a
/// program that is run, a sign-in in the clear. Each value is tried for each setting of the panel, alone and behind a good one.
/// </summary>
public sealed class SettingAttackTests
{
    private const string Page = "/mail-server";

    private static readonly string[] Attacks =
    [
        "</etc/shadow", "<etc", "$mydestination", "${compatibility_level}", "$(id)", "%s", "%{password}", "%u", "{ }", "}", "# off", "\\", "\\n", "`id`", "|/bin/sh", "&", ";", "'", "\"", "*",
        "\n", "\r", "\t", "\u0007", "\u001b[2J", "\u0085", "\u2028", "x\nmynetworks = 0.0.0.0/0", "x\n  permit", "x\nsmtpd_tls_auth_only = no", "x\ndisable_plaintext_auth = no", "x\n!include /tmp/evil.conf",
        "!include /etc/shadow", "!include_try /tmp/x", "permit", "permit_mynetworks, permit", "check_client_access static:OK", "0.0.0.0/0", "inet:192.0.2.1:25", "pipe:/bin/sh", "regexp:/tmp/x", "../../etc/passwd", "/etc/shadow",
        "mail.example.org permit", "[192.0.2.1]:25, permit", "[192.0.2.1]:25\nrelay", "1 -o mynetworks=0.0.0.0/0", "0x10", "-1", "1e9", "99999999999999999999", "NONE",
    ];

    private static readonly Dictionary<string, string> Good = new()
    {
        ["host_name"] = "mail.example.org", ["host_recipient"] = "admin@example.net", ["relayhost"] = "[192.0.2.1]:25", ["mx_relayhost"] = "[192.0.2.1]:25", ["dns_block_lists"] = "bl.example.org",
    };

    [MariaDbFact]
    public async Task Nothing_of_it_gets_through_the_page()
    {
        await using var panel = await PanelAsync();
        var browser = await panel.SignedInAsync();
        var form = (await browser.GetAsync(Page)).Page.QuerySelector<IHtmlFormElement>("main form[method=post]")!;
        var standing = form.QuerySelectorAll("[name]").SelectMany(Browser.Sent).ToList();

        var taken = new List<string>();
        foreach (var (key, value) in Tries())
        {
            var field = $"Input.{SettingsForm.FieldOf(key)}";
            var answer = await browser.PostAsync(Page, [.. standing.Where(f => f.Name != field), (field, value)]);
            // An empty field is the default.
            if (string.IsNullOrWhiteSpace(value) && SettingCatalogue.Find(key)!.Default is not null) continue;
            if (answer.Status != HttpStatusCode.OK || answer.Page.QuerySelector($".problems a[href='#{field.Replace('.', '_')}']") is null) taken.Add($"{key} = {value}: {answer.Status}");
        }

        Assert.Empty(taken);
        Assert.Equal("host_name\nhost_recipient", await panel.SqlAsync("SELECT `key` FROM settings WHERE `key` NOT LIKE '%.%' ORDER BY 1"));
    }

    /// <summary>Without the panel: whoever can write its database. Root's render reads the table and refuses, with no file written.</summary>
    [MariaDbFact]
    public async Task Nothing_of_it_is_rendered_from_the_table()
    {
        await using var panel = await PanelAsync();
        var directory = Path.Combine(panel.Directory, "rendered");
        Assert.IsType<Outcome<RenderMailServer.Rendered>.Done>(await RenderAsync(panel, Path.Combine(panel.Directory, "good")));

        var taken = new List<string>();
        foreach (var (key, value) in Tries())
        {
            await panel.SqlAsync($"REPLACE INTO settings (`key`, value, updated_at) VALUES ('{key}', CONVERT(0x{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(value))} USING utf8mb4), UTC_TIMESTAMP(6))");
            var refused = await RenderAsync(panel, directory) as Outcome<RenderMailServer.Rendered>.Refused;
            if (refused?.Problems.Any(p => p.Field == key) != true) taken.Add($"{key} = {value}");
            await panel.SqlAsync($"DELETE FROM settings WHERE `key` = '{key}'; {Chosen()}");
        }

        Assert.Empty(taken);
        Assert.False(Directory.Exists(directory), "a file was written");
    }

    /// <summary>What an argument can hold: no NUL.</summary>
    [MariaDbFact]
    public async Task Nothing_of_it_gets_through_the_shell()
    {
        await using var panel = await PanelAsync();
        var connection = panel.Server.ConnectionString(panel.Database);
        foreach (var attack in (string[])["</etc/shadow", "$(id)", "%s", "{ }", "#", "\\", "x\nmynetworks = 0.0.0.0/0", "permit", "\u001b[2J"])
        {
            var answer = await Shell.RunAsync(connection, ["settings", "set", .. SettingCatalogue.OfPanel.Select(s => $"{s.Key}={attack}")]);

            Assert.Equal(1, answer.Status);
            Assert.Equal(SettingCatalogue.OfPanel.Select(s => s.Key), answer.Error.TrimEnd('\n').Split('\n').Select(l => l.Split(' ')[0]));
        }
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM settings WHERE `key` NOT LIKE '%.%'"));
    }

    private static IEnumerable<(string Key, string Value)> Tries() =>
        from setting in SettingCatalogue.OfPanel
        from attack in Attacks
        from value in (string[])[attack, (Good.GetValueOrDefault(setting.Key) ?? setting.Default) + attack]
        where value == attack || attack.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-'))
        select (setting.Key, value);

    private static async Task<Panel> PanelAsync()
    {
        var panel = await Panel.StartAsync("--MailServer:postfix_password=postfix.password.1", "--MailServer:dovecot_password=dovecot.password.1");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync(Chosen());
        return panel;
    }

    private static string Chosen() =>
        "INSERT IGNORE INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.org', UTC_TIMESTAMP(6)), ('host_recipient', 'admin@example.net', UTC_TIMESTAMP(6))";

    private static async Task<Outcome<RenderMailServer.Rendered>> RenderAsync(Panel panel, string directory)
    {
        await using var scope = panel.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RenderMailServer>().RunAsync(new(directory, new MailServerTree.Input(new Dictionary<string, string>())), CancellationToken.None);
    }
}
