using AdminPanel.Data;
using AdminPanel.Web.Features.MailServer;
using Xunit;

namespace AdminPanel.Tests.Unit.MailServer;

public sealed class MailServerSettingsTests
{
    // What could mean more than itself in main.cf, master.cf, dovecot.conf, an SQL string or a regular expression.
    private static readonly string[] Poison =
        ["\n", "\r", "\0", "\t", "\u007f", " ", "\"", "'", "`", "<", ">", "$", "%", "{", "}", "#", "\\", ";", "|", "&&", "(", "*/", "\u2028", "\u00e9"];

    public static TheoryData<string> Keys => [.. SettingCatalogue.All.Select(setting => setting.Key)];

    [Theory]
    [InlineData("host_name")]
    [InlineData("host_recipient")]
    [InlineData("postfix_password")]
    [InlineData("dovecot_password")]
    public void A_setting_that_has_no_default_must_be_chosen(string key)
    {
        var texts = TestSettings.Texts();
        texts.Remove(key);

        Assert.Equal((key, "SettingMissing"), Refusal(texts));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_character_that_could_change_a_files_meaning_is_refused_in_every_setting(string key)
    {
        var good = TestSettings.Texts().GetValueOrDefault(key) ?? SettingCatalogue.Find(key)!.Default!;
        foreach (var poison in Poison)
        {
            foreach (var bad in (string[])[good + poison, poison + good, good.Insert(good.Length / 2, poison)])
            {
                var texts = TestSettings.Texts();
                texts[key] = bad;

                Assert.True(MailServerSettings.Read(texts) is Outcome<MailServerSettings>.Refused, $"{key} took U+{(int)poison[0]:X4}");
                Assert.Equal((key, "SettingShape"), Refusal(texts));
            }
        }
    }

    [Theory]
    [InlineData("host_name", "localhost")]
    [InlineData("host_name", "Mail.example.org")]
    [InlineData("host_name", "mail.example.org.")]
    [InlineData("host_name", "")]
    [InlineData("host_recipient", "root")]
    [InlineData("host_recipient", "a&b@example.net ")]
    [InlineData("host_recipient", "pipe|cat@example.net")]
    [InlineData("smtp_listen", "25")]
    [InlineData("smtp_listen", "none")]
    [InlineData("smtp_listen", "localhost:25")]
    [InlineData("smtp_listen", "127.1:25")]
    [InlineData("smtp_listen", "::1:25")]
    [InlineData("smtp_listen", "*:0")]
    [InlineData("smtp_listen", "*:65536")]
    [InlineData("smtp_listen", "*:+25")]
    [InlineData("internal_smtp_listen", "*:10025")]
    [InlineData("internal_smtp_listen", "192.0.2.1:10025")]
    [InlineData("sign_in_report", "192.0.2.1:8080")]
    [InlineData("sign_in_report", "*:8080")]
    [InlineData("mail_root", "vmail")]
    [InlineData("mail_root", "/")]
    [InlineData("mail_root", "/var/vmail/../../etc")]
    [InlineData("mail_root", "/var//vmail")]
    [InlineData("mail_uid", "0")]
    [InlineData("mail_uid", "65534")]
    [InlineData("mail_uid", "0x1388")]
    [InlineData("message_size_limit", "0")]
    [InlineData("relayhost", "relay.example.org")]
    [InlineData("relayhost", "")]
    [InlineData("client_connection_rate", "0")]
    [InlineData("client_message_rate", "1000001")]
    [InlineData("user_connections", "none")]
    [InlineData("user_connections", "0")]
    [InlineData("tls_minimum", "1.0")]
    [InlineData("tls_minimum", "1.1")]
    [InlineData("tls_minimum", "none")]
    [InlineData("dns_block_lists", "")]
    [InlineData("dns_block_lists", "bl.example.org=127.0.0.1")]
    [InlineData("dns_block_lists", "bl.example.org, permit")]
    [InlineData("dns_block_lists", "bl.example.org,permit")]
    [InlineData("dns_block_lists", "bl.example.org,bl.example.org")]
    [InlineData("dns_block_lists", "a.b,b.b,c.b,d.b,e.b,f.b,g.b,h.b,i.b")]
    [InlineData("milters_before", "")]
    [InlineData("milters_before", "127.0.0.1:8891")]
    [InlineData("milters_before", "inet:8891")]
    [InlineData("milters_before", "inet:localhost")]
    [InlineData("milters_before", "inet:::1:8891")]
    [InlineData("milters_before", "inet:127.1:8891")]
    [InlineData("milters_before", "inet:127.0.0.1:0")]
    [InlineData("milters_before", "unix:relative.sock")]
    [InlineData("milters_before", "unix:/run/../etc/shadow")]
    [InlineData("milters_before", "local:/run/a.sock")]
    [InlineData("milters_before", "inet:127.0.0.1:8891, default_action=accept")]
    [InlineData("milters_before", "{ inet:127.0.0.1:8891 }")]
    [InlineData("milters_after", "inet:127.0.0.1:1,inet:127.0.0.1:1")]
    [InlineData("milters_after", "inet:a.b:1,inet:a.b:2,inet:a.b:3,inet:a.b:4,inet:a.b:5,inet:a.b:6,inet:a.b:7,inet:a.b:8,inet:a.b:9")]
    [InlineData("milters_away", "discard")]
    [InlineData("paths", "openbsd")]
    [InlineData("database_hosts", "localhost:3306")]
    [InlineData("database_hosts", "db1.example.org:3306,db2.example.org:3307")]
    [InlineData("database_hosts", "unix:relative")]
    [InlineData("database_name", "mysql.user")]
    [InlineData("postfix_password", "short")]
    public void A_value_of_another_shape_is_refused(string key, string value)
    {
        var texts = TestSettings.Texts();
        texts[key] = value;

        Assert.Equal((key, "SettingShape"), Refusal(texts));
    }

    [Fact]
    public void Mail_for_the_host_may_not_go_to_the_host_itself()
    {
        var texts = TestSettings.Texts();
        texts["host_recipient"] = "postmaster@mail.example.org";

        Assert.Equal(("host_recipient", "HostRecipientOnHost"), Refusal(texts));
    }

    [Fact]
    public void Reports_need_a_password_and_without_reports_nothing_is_sent()
    {
        var texts = TestSettings.Texts();
        texts["sign_in_report_password"] = "none";
        Assert.Equal(("sign_in_report_password", "SettingMissing"), Refusal(texts));

        texts["sign_in_report"] = "none";
        var files = TestSettings.Render(((Outcome<MailServerSettings>.Done)MailServerSettings.Read(texts)).Value);
        Assert.DoesNotContain("exporter", files.Single(file => file.Path == "dovecot/dovecot-sign-ins.conf.ext").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_of_the_panel_need_managesieve_and_without_a_password_nobody_is_let_in()
    {
        var texts = TestSettings.Texts();
        texts["managesieve_listen"] = "none";
        Assert.Equal(("managesieve_listen", "SettingMissing"), Refusal(texts));

        texts["panel_sieve_password"] = "none";
        var files = TestSettings.Render(((Outcome<MailServerSettings>.Done)MailServerSettings.Read(texts)).Value);
        Assert.DoesNotContain("passdb", files.Single(file => file.Path == "dovecot/dovecot-panel.conf.ext").Text, StringComparison.Ordinal);
    }

    /// <summary>The panel is on the same host, and an address that it does not come from must not let it in.</summary>
    [Theory]
    [InlineData("*:4190", "127.0.0.1/32")]
    [InlineData("0.0.0.0:4190", "127.0.0.1/32")]
    [InlineData("[::]:4190", "::1/128")]
    [InlineData("[2001:db8::7]:4190", "2001:db8::7/128")]
    [InlineData("192.0.2.7:4190", "192.0.2.7/32")]
    public void The_panel_is_let_in_from_the_address_that_it_comes_from(string listens, string network)
    {
        var files = TestSettings.Render(TestSettings.With("managesieve_listen", listens));

        Assert.Contains($"allow_nets={network}\n", files.Single(file => file.Path == "dovecot/dovecot-panel.conf.ext").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_directory_too_long_for_its_sockets_is_refused()
    {
        var texts = TestSettings.Texts();
        texts["dovecot_run_directory"] = "/" + new string('x', 80);

        Assert.Equal(("dovecot_run_directory", "SettingShape"), Refusal(texts));
    }

    [Fact]
    public void Every_wrong_value_is_named_at_once()
    {
        var texts = TestSettings.Texts();
        texts["mail_uid"] = "root";
        texts["mail_root"] = "vmail";

        var refused = Assert.IsType<Outcome<MailServerSettings>.Refused>(MailServerSettings.Read(texts), exactMatch: true);
        Assert.Equal(["mail_root", "mail_uid"], refused.Problems.Select(problem => problem.Field));
    }

    private static (string Field, string Code) Refusal(Dictionary<string, string> texts)
    {
        var refused = Assert.IsType<Outcome<MailServerSettings>.Refused>(MailServerSettings.Read(texts), exactMatch: true);
        var problem = Assert.Single(refused.Problems);
        return (problem.Field, problem.Code);
    }
}
