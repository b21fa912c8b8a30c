using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>A password of one mail program opens what it was made for, and nothing once it is ended.</summary>
public abstract class AppPasswordTests<TStack>
    where TStack : IMailStack
{
    private const string Token = "abcdef-ghjkmn-pqrstu-vwxyz2";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [StackFact]
    public async Task It_opens_what_it_was_made_for_and_the_mailboxs_own_password_goes_on()
    {
        var (instance, domain) = await NewAsync("box", "other");
        await instance.ExecuteAsync($"""
            INSERT INTO domains (name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            SELECT 'also-{domain}', 'alias', id, 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM domains WHERE name = '{domain}'
            """);
        await AddAsync(instance, domain, "box", Token, "imap smtp");

        Assert.Equal("imap smtp", await instance.OpenDoorsAsync($"box@{domain}", Token));
        Assert.Equal("imap smtp", await instance.OpenDoorsAsync($"box@also-{domain}", Token));
        Assert.Equal("imap pop3 smtp sieve", await instance.OpenDoorsAsync($"box@{domain}"));
        Assert.Equal("", await instance.OpenDoorsAsync($"other@{domain}", Token));
        Assert.Equal("", await instance.OpenDoorsAsync($"box@{domain}", Token.ToUpperInvariant()));
        Assert.Equal("", await instance.OpenDoorsAsync($"box@{domain}", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))));
    }

    [StackFact]
    public async Task It_opens_nothing_that_the_mailbox_does_not_nor_past_its_end_or_the_age_that_the_domain_allows()
    {
        var (instance, domain) = await NewAsync("narrow", "elsewhere", "ended", "aged");
        foreach (var local in (string[])["narrow", "elsewhere", "ended", "aged"]) await AddAsync(instance, domain, local, Token, "imap pop3 smtp sieve");
        await instance.ExecuteAsync($"""
            UPDATE mailboxes SET allows_imap = 0, allows_smtp = 0 WHERE home = '{domain}/narrow'; UPDATE mailboxes SET allowed_networks = '192.0.2.0/24' WHERE home = '{domain}/elsewhere';
            UPDATE app_passwords p JOIN mailboxes m ON m.id = p.mailbox_id SET p.expires_at = UTC_TIMESTAMP(6) WHERE m.home = '{domain}/ended';
            UPDATE app_passwords p JOIN mailboxes m ON m.id = p.mailbox_id SET p.created_at = UTC_TIMESTAMP(6) - INTERVAL 31 DAY WHERE m.home = '{domain}/aged';
            UPDATE domains SET password_max_age_days = 30 WHERE name = '{domain}'
            """);

        string[] open = await Task.WhenAll(((string[])["narrow", "elsewhere", "ended", "aged"]).Select(local => instance.OpenDoorsAsync($"{local}@{domain}", Token)));

        Assert.Equal(["pop3 sieve", "", "", ""], open);
        Assert.Equal("imap pop3 smtp sieve", await instance.OpenDoorsAsync($"aged@{domain}"));
    }

    [StackFact]
    public async Task It_is_reported_with_its_last_use_and_opens_nothing_once_it_is_ended()
    {
        var (instance, domain) = await NewAsync("box");
        await AddAsync(instance, domain, "box", Token, "imap pop3 smtp sieve", "Phone");
        await AddAsync(instance, domain, "box", "another-" + Token, "imap", "Tablet");

        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(235, (await smtp.SignInAsync($"box@{domain}", Token)).Code);
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.True(await imap.SignInAsync($"box@{domain}", MailData.Password));
        Assert.Equal(["Phone smtp 127.0.0.1", "Tablet  "], await AwaitAsync(instance, $"box@{domain}"));

        var (status, _, errors) = await instance.PanelAsync(["mailbox", "app-password", "revoke", $"box@{domain}", "phone"]);
        Assert.True(status == 0, errors);
        Assert.Equal("", await instance.OpenDoorsAsync($"box@{domain}", Token));
        Assert.Equal("imap", await instance.OpenDoorsAsync($"box@{domain}", "another-" + Token));
    }

    [StackFact]
    public async Task Where_mail_programs_need_one_the_mailboxs_own_password_opens_nothing()
    {
        var (instance, domain) = await NewAsync("box");
        await AddAsync(instance, domain, "box", Token, "imap pop3 smtp sieve");
        await instance.ExecuteAsync($"UPDATE mailboxes SET app_passwords_only = 1 WHERE home = '{domain}/box'");

        Assert.Equal("", await instance.OpenDoorsAsync($"box@{domain}"));
        Assert.Equal("imap pop3 smtp sieve", await instance.OpenDoorsAsync($"box@{domain}", Token));
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await smtp.SendAsync("friend@example.net", $"box@{domain}", "Subject: still here\n\nHello.\n")).Code);
    }

    [StackFact]
    public async Task What_somebody_types_stands_in_no_query()
    {
        var (instance, domain) = await NewAsync("box");
        await AddAsync(instance, domain, "box", Token, "imap");
        var hostile = "x') OR 1=1 -- ";

        var log = Path.Combine(Path.GetDirectoryName(instance.DatabaseSocket)!, $"typed-{domain}.log");
        await instance.ExecuteAsync($"SET GLOBAL general_log_file = '{log}'; SET GLOBAL general_log = 1");
        var open = await instance.OpenDoorsAsync($"box@{domain}", Token);
        var byInjection = await instance.OpenDoorsAsync($"box@{domain}", hostile);
        var own = await instance.OpenDoorsAsync($"box@{domain}");
        await instance.ExecuteAsync("SET GLOBAL general_log = 0");
        var asked = await File.ReadAllTextAsync(log);

        Assert.Equal(("imap", "", "imap pop3 smtp sieve"), (open, byInjection, own));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token))), asked, StringComparison.Ordinal);
        foreach (var typed in (string[])[Token, hostile, MailData.Password]) Assert.DoesNotContain(typed, asked, StringComparison.Ordinal);
    }

    private static async Task<(TrialInstance Instance, string Domain)> NewAsync(params string[] locals)
    {
        var (instance, domain) = (await TStack.Instance, MailData.NewDomain());
        var data = new MailData().Domain(domain);
        foreach (var local in locals) data.Mailbox($"{local}@{domain}", $"{domain}/{local}");
        await data.WriteAsync(instance);
        return (instance, domain);
    }

    private static Task<string> AddAsync(TrialInstance instance, string domain, string local, string password, string protocols, string name = "Phone") => instance.ExecuteAsync($"""
        INSERT INTO app_passwords (mailbox_id, name, digest, allows_imap, allows_pop3, allows_smtp, allows_sieve, created_at)
        SELECT id, '{name}', SHA2('{password}', 256), {string.Join(", ", ((string[])["imap", "pop3", "smtp", "sieve"]).Select(p => protocols.Contains(p, StringComparison.Ordinal) ? 1 : 0))}, UTC_TIMESTAMP(6)
        FROM mailboxes WHERE home = '{domain}/{local}'
        """);

    /// <summary>Each password with its last use, once there is one.</summary>
    private static async Task<IReadOnlyList<string>> AwaitAsync(TrialInstance instance, string address)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            var (status, output, errors) = await instance.PanelAsync(["mailbox", "app-password", "list", address, "--json"]);
            Assert.True(status == 0, errors);
            using var json = JsonDocument.Parse(output);
            string[] seen = [.. json.RootElement.GetProperty("passwords").EnumerateArray().Select(p => $"{p.GetProperty("name").GetString()} {p.GetProperty("lastUsedService").GetString()} {p.GetProperty("lastUsedFrom").GetString()}")];
            if (seen.Any(s => !s.EndsWith("  ", StringComparison.Ordinal))) return seen;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, string.Join("; ", seen));
        }
    }
}
