using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdminPanel.Web.Features.MailServer;
using Xunit;

namespace AdminPanel.Tests.Unit.MailServer;

/// <summary>The tree is compared with golden files that people read before they were committed, and that the real daemons read in tests/MailStack.</summary>
public sealed class RenderedTreeTests
{
    // One other value for each setting.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["host_name"] = "mx.example.com",
        ["host_recipient"] = "postmaster@example.com",
        ["public_addresses"] = "192.0.2.1,2001:db8::1",
        ["certificate_authorities"] = "letsencrypt.org",
        ["message_size_limit"] = "20000000",
        ["recipient_delimiter"] = "-",
        ["relayhost"] = "[relay.example.com]:587",
        ["dkim_signer"] = "opendkim",
        ["outbound_rate"] = "none",
        ["spam_filter"] = "none",
        ["spam_network_checks"] = "yes",
        ["rspamd_directory"] = "/srv/rspamd",
        ["rspamd_run_directory"] = "/run/rspamd2",
        ["rspamd_state_directory"] = "/srv/rspamd/state",
        ["opendkim_directory"] = "/srv/etc",
        ["opendkim_run_directory"] = "/run/opendkim2",
        ["redis_run_directory"] = "/run/redis2",
        ["redis_state_directory"] = "/srv/redis",
        ["client_connection_rate"] = "none",
        ["client_message_rate"] = "30",
        ["user_connections"] = "50",
        ["tls_minimum"] = "1.3",
        ["dns_block_lists"] = "bl.example.org,dnsbl.example.net",
        ["smtp_listen"] = "192.0.2.7:25",
        ["submission_listen"] = "[2001:db8::7]:587",
        ["submissions_listen"] = "192.0.2.7:4650",
        ["internal_smtp_listen"] = "127.0.0.1:10026",
        ["imaps_listen"] = "192.0.2.7:993",
        ["imap_listen"] = "*:143",
        ["pop3s_listen"] = "[2001:db8::7]:995",
        ["managesieve_listen"] = "192.0.2.7:4190",
        ["tls_certificate"] = "/etc/mail/tls.pem",
        ["tls_key"] = "/etc/mail/tls.key",
        ["milters_before"] = "inet:127.0.0.1:8891,unix:/run/opendkim/opendkim.sock",
        ["milters_after"] = "inet:[2001:db8::7]:8893",
        ["milters_away"] = "accept",
        ["paths"] = "freebsd",
        ["relay_domains"] = "yes",
        ["mx_relayhost"] = "[192.0.2.25]:25",
        ["mail_root"] = "/srv/mail",
        ["mail_uid"] = "7001",
        ["mail_gid"] = "7002",
        ["apply_directory"] = "/srv/applied",
        ["postfix_directory"] = "/srv/postfix/etc",
        ["dkim_directory"] = "/srv/dkim",
        ["sealing_key"] = "/srv/sealing.key",
        ["redis_directory"] = "/srv/redis",
        ["postfix_queue_directory"] = "/srv/postfix/queue",
        ["postfix_data_directory"] = "/srv/postfix/data",
        ["dovecot_directory"] = "/srv/dovecot",
        ["dovecot_run_directory"] = "/run/dovecot2",
        ["dovecot_state_directory"] = "/srv/dovecot/state",
        ["log_directory"] = "/var/log/mail",
        ["database_hosts"] = "db1.example.com:3307,db2.example.com:3307",
        ["database_name"] = "panel2",
        ["postfix_user"] = "pf2",
        ["dovecot_user"] = "dc2",
        ["postfix_password"] = "another.password.1",
        ["dovecot_password"] = "another.password.2",
        ["sign_in_report"] = "[::1]:8081",
        ["sign_in_report_password"] = "another.password.3",
        ["panel_sieve_password"] = "another.password.4",
    };

    public static TheoryData<string> Keys => [.. SettingCatalogue.All.Select(setting => setting.Key)];

    private static readonly DaemonVersions Debian13 = TestSettings.Versions("2.4", "3.10");

    [Fact]
    public void The_tree_of_the_test_settings_is_the_golden_one() => AssertGolden("Golden", TestSettings.Render(TestSettings.With()));

    /// <summary>The other files are no part of this golden tree: they are the same for both.</summary>
    [Fact]
    public void Dovecot_2_4_gets_a_tree_of_its_own_and_all_else_is_the_same()
    {
        var older = TestSettings.Render(TestSettings.With()).ToDictionary(file => file.Path, file => file.Text);
        var files = TestSettings.Render(TestSettings.With(), Debian13);

        Assert.Equal(older.Keys.Order(StringComparer.Ordinal), files.Select(file => file.Path).Order(StringComparer.Ordinal));
        AssertGolden("Golden24", [.. files.Where(file => file.Text != older[file.Path])]);
    }

    /// <summary>The files that name a directory, a program or an account; the others are the same.</summary>
    [Fact]
    public void FreeBSD_gets_the_paths_of_its_ports()
    {
        var debian = TestSettings.Render(TestSettings.With()).ToDictionary(file => file.Path, file => file.Text);

        AssertGolden("GoldenFreeBsd", [.. TestSettings.Render(TestSettings.With("paths", "freebsd")).Where(file => file.Text != debian[file.Path])]);
    }

    /// <summary>Its own files, and those of Postfix and of Rspamd that are others where it signs.</summary>
    [Fact]
    public void OpenDKIM_signs_in_the_place_of_Rspamd()
    {
        var rspamd = TestSettings.Render(TestSettings.With()).ToDictionary(file => file.Path, file => file.Text);

        AssertGolden("GoldenOpenDkim", [.. TestSettings.Render(TestSettings.With("dkim_signer", "opendkim")).Where(file => file.Text != rspamd.GetValueOrDefault(file.Path))]);
    }

    [Fact]
    public void Without_a_spam_filter_OpenDKIM_is_asked_about_what_people_send_alone()
    {
        var texts = TestSettings.Texts();
        (texts["spam_filter"], texts["milters_after"], texts["dkim_signer"]) = ("none", "none", "opendkim");
        var files = TestSettings.Render(((AdminPanel.Data.Outcome<MailServerSettings>.Done)MailServerSettings.Read(texts)).Value).ToDictionary(file => file.Path, file => file.Text);

        Assert.DoesNotContain("\nsmtpd_milters", files["postfix/main.cf"], StringComparison.Ordinal);
        Assert.Contains("\nsubmission_milters = { unix:/var/spool/postfix/opendkim/opendkim.sock, default_action=tempfail }\n", files["postfix/main.cf"], StringComparison.Ordinal);
        var services = files["postfix/master.cf"].Split('\n').Aggregate(new List<string>(), (all, line) =>
        {
            if (line.Contains(" inet ", StringComparison.Ordinal)) all.Add(line.Split(' ')[0]);
            else if (line == "  -o smtpd_milters=$submission_milters") all[^1] += " signs";
            return all;
        });
        Assert.Equal(["25", "587 signs", "465 signs", "127.0.0.1:10025"], services);
    }

    [Fact]
    public void A_directory_that_was_chosen_is_the_same_on_FreeBSD()
    {
        var texts = TestSettings.Texts();
        (texts["paths"], texts["dovecot_directory"]) = ("freebsd", "/srv/dovecot");

        var settings = ((AdminPanel.Data.Outcome<MailServerSettings>.Done)MailServerSettings.Read(texts)).Value;

        Assert.Equal(("/srv/dovecot", "/usr/local/etc/postfix"), (settings.DovecotDirectory, settings.PostfixDirectory));
        Assert.All(TestSettings.Render(settings), file => Assert.DoesNotContain("root:root", file.Owner, StringComparison.Ordinal));
    }

    [Fact]
    public void Other_milters_are_asked_in_their_order_around_the_spam_filter_and_none_of_them_about_what_sieve_sends()
    {
        var texts = TestSettings.Texts();
        (texts["milters_before"], texts["milters_after"]) = ("inet:127.0.0.1:8891,unix:/run/a.sock", "inet:milter.example.org:8893");

        var files = TestSettings.Render(((AdminPanel.Data.Outcome<MailServerSettings>.Done)MailServerSettings.Read(texts)).Value).ToDictionary(file => file.Path, file => file.Text);

        Assert.Contains(
            "\nsmtpd_milters = { inet:127.0.0.1:8891, default_action=tempfail }, { unix:/run/a.sock, default_action=tempfail }, unix:/run/rspamd/milter.sock, { inet:milter.example.org:8893, default_action=tempfail }\n",
            files["postfix/main.cf"], StringComparison.Ordinal);
        var sieve = files["postfix/master.cf"].Split("\n\n").Single(part => part.Contains("postfix/internal", StringComparison.Ordinal));
        Assert.Contains("\n  -o smtpd_milters=\n", sieve + "\n", StringComparison.Ordinal);
    }

    private static void AssertGolden(string directory, IReadOnlyList<RenderedFile> files)
    {
        var golden = Path.Combine(SourceDirectory(), directory);
        if (Environment.GetEnvironmentVariable("WRITE_GOLDEN_FILES") == "1") Write(golden, files);

        var expected = Directory.GetFiles(golden, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(golden, path), File.ReadAllText);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), files.Select(file => file.Path).Order(StringComparer.Ordinal));
        foreach (var file in files) Assert.Equal(expected[file.Path], file.Text);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_manifest_names_exactly_the_settings_that_change_a_file(string key)
    {
        foreach (var (versions, signer) in (IEnumerable<(DaemonVersions, string)>)[(TestSettings.Versions(), "rspamd"), (Debian13, "rspamd"), (Debian13, "opendkim")])
        {
            var before = TestSettings.Render(TestSettings.With("dkim_signer", signer), versions);
            var after = TestSettings.Render(TestSettings.With(("dkim_signer", signer), (key, key == "dkim_signer" && signer == Others[key] ? "rspamd" : Others[key])), versions);

                // A file that is not there without the spam filter is no file of that setting.
            foreach (var (old, now) in before.Join(after, file => file.Path, file => file.Path, (old, now) => (old, now)).Where(pair => pair.old.Path != "manifest.json"))
            {
                Assert.True(now.Settings.Contains(key) == (old.Text != now.Text), $"{old.Path} and {key}, Dovecot {versions.Dovecot}");
            }
        }
    }

    [Fact]
    public void Without_a_spam_filter_nothing_is_said_of_one()
    {
        var texts = TestSettings.Texts();
        (texts["spam_filter"], texts["milters_after"]) = ("none", "none");
        var files = TestSettings.Render(((AdminPanel.Data.Outcome<MailServerSettings>.Done)MailServerSettings.Read(texts)).Value);

        Assert.DoesNotContain(files, file => file.Path.StartsWith("rspamd/", StringComparison.Ordinal) || file.Path.StartsWith("redis/", StringComparison.Ordinal) || file.Path.StartsWith("dovecot/sieve/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Path != "manifest.json" && (file.Text.Replace("  -o smtpd_milters=\n", "", StringComparison.Ordinal).Contains("milter", StringComparison.Ordinal) || file.Text.Contains("rspamd", StringComparison.Ordinal) || file.Text.Contains("imapsieve", StringComparison.Ordinal)));
    }

    /// <summary>One program, root's own and the same for every server: dovecot/sieve/rspamd-learn.</summary>
    [Fact]
    public void One_file_may_be_run_and_Dovecot_runs_no_other()
    {
        var files = TestSettings.Render(TestSettings.With());

        Assert.Equal(["dovecot/sieve/rspamd-learn"], files.Where(file => file.Mode.HasFlag(UnixFileMode.OtherExecute)).Select(file => file.Path));
        Assert.Equal(["  executable = quota-status -p postfix", "  executable = script /etc/dovecot/sieve/rspamd-learn"],
            files.Single(file => file.Path == "dovecot/dovecot.conf").Text.Split('\n').Where(line => line.Contains("executable", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Another_culture_and_another_time_zone_change_no_byte()
    {
        var plain = TestSettings.Render(TestSettings.With());
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Arabic digits and a Turkish i are what unguarded formatting would let in.
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR") { NumberFormat = { NegativeSign = "~", NumberGroupSeparator = "'" } };
            Assert.Equal(plain.Select(file => file.Text), TestSettings.Render(TestSettings.With()).Select(file => file.Text));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Every_text_ends_with_one_newline_and_holds_no_carriage_return()
    {
        foreach (var file in (RenderedFile[])[.. TestSettings.Render(TestSettings.With()), .. TestSettings.Render(TestSettings.With(), Debian13)])
        {
            Assert.EndsWith("\n", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', file.Text);
            Assert.DoesNotContain("{{", file.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_manifest_has_mode_owner_and_digest_of_every_other_file()
    {
        var files = TestSettings.Render(TestSettings.With());

        using var manifest = JsonDocument.Parse(files[^1].Text);
        var entries = manifest.RootElement.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(files.SkipLast(1).Select(file => file.Path), entries.Select(entry => entry.GetProperty("path").GetString()));
        var grants = entries.Single(entry => entry.GetProperty("path").GetString() == "grants.sql");
        Assert.Equal("0600", grants.GetProperty("mode").GetString());
        var table = entries.Single(entry => entry.GetProperty("path").GetString() == "postfix/sql/virtual_alias_maps.cf");
        Assert.Equal("0640", table.GetProperty("mode").GetString());
        Assert.Equal("root:postfix", table.GetProperty("owner").GetString());
        var text = files.Single(file => file.Path == "postfix/sql/virtual_alias_maps.cf").Text;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), table.GetProperty("sha256").GetString());
    }

    [Fact]
    public void No_file_without_protection_holds_a_secret()
    {
        foreach (var file in TestSettings.Render(TestSettings.With()).Concat(TestSettings.Render(TestSettings.With(), Debian13)).Where(file => file.Mode.HasFlag(UnixFileMode.OtherRead)))
        {
            Assert.DoesNotContain("password.1", file.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("spawn")]
    [InlineData("local")]
    [InlineData("virtual")]
    public void Postfix_has_no_service_that_runs_a_program_or_writes_mail_itself(string command)
    {
        var master = TestSettings.Render(TestSettings.With()).Single(file => file.Path == "postfix/master.cf").Text;

        Assert.DoesNotContain(master.Split('\n'), line => line.EndsWith(" " + command, StringComparison.Ordinal));
    }

    [Fact]
    public void Block_lists_are_asked_on_port_25_alone_and_only_what_says_listed_counts()
    {
        var tree = TestSettings.Render(TestSettings.With("dns_block_lists", "bl.example.org,dnsbl.example.net"));
        var (main, master) = (tree.Single(f => f.Path == "postfix/main.cf").Text, tree.Single(f => f.Path == "postfix/master.cf").Text);

        Assert.Contains("\noutside_client_restrictions = reject_rbl_client bl.example.org=127.0.0.[2..255], reject_rbl_client dnsbl.example.net=127.0.0.[2..255]\n", main, StringComparison.Ordinal);
        Assert.Contains("smtpd_client_restrictions=$outside_client_restrictions", master.Split("\n25 inet")[1].Split("\n\n")[0], StringComparison.Ordinal);
        Assert.Equal(2, master.Split("client_restrictions=").Length);
    }

    /// <summary>Whatever is chosen: nobody relays without a sign-in, nobody signs in in the clear, and only the daemons' groups read passwords.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void No_setting_makes_an_open_relay_a_plain_sign_in_or_a_readable_secret(string key)
    {
        var tree = TestSettings.Render(TestSettings.With(key, Others[key]));
        string[] Lines(string path) => tree.Single(file => file.Path == path).Text.Split('\n');

        Assert.Superset(new HashSet<string> { "mynetworks =", "smtpd_relay_restrictions = reject_unauth_destination", "smtpd_tls_auth_only = yes", "smtpd_sasl_auth_enable = no" }, Lines("postfix/main.cf").ToHashSet());
        Assert.Superset(new HashSet<string> { "ssl = required", "disable_plaintext_auth = yes" }, Lines("dovecot/dovecot.conf").ToHashSet());
        Assert.Equal(["permit_mynetworks,reject", "permit_sasl_authenticated,reject", "permit_sasl_authenticated,reject"],
            Lines("postfix/master.cf").Where(line => line.Contains("-o smtpd_relay_restrictions=", StringComparison.Ordinal)).Select(line => line.Split('=')[1]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(tree, file => file.Mode.HasFlag(UnixFileMode.OtherRead) && file.Text.Contains("password.", StringComparison.Ordinal));

        var newer = TestSettings.Render(TestSettings.With(key, Others[key]), Debian13);
        Assert.Superset(new HashSet<string> { "ssl = required", "auth_allow_cleartext = no" }, newer.Single(file => file.Path == "dovecot/dovecot.conf").Text.Split('\n').ToHashSet());
        Assert.DoesNotContain(newer, file => file.Mode.HasFlag(UnixFileMode.OtherRead) && file.Text.Contains("password.", StringComparison.Ordinal));
    }

    private static void Write(string golden, IReadOnlyList<RenderedFile> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(golden, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }
    }

    private static string SourceDirectory([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
