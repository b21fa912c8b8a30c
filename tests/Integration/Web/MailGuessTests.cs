using System.Net.Http.Headers;
using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Platform.DataProtection;
using MariaDb.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What the panel answers when Dovecot asks whether a password may be tried: guesses end, and neither the owner nor an office behind one address is kept out.</summary>
public sealed class MailGuessTests
{
    private const string Secret = "report.password.1";
    private const string Setting = "--MailServer:sign_in_report_password=" + Secret;
    private const string Owner = "m1@big.example";
    private const string Home = "192.0.2.9";

    [MariaDbFact]
    public async Task Strangers_together_have_a_few_different_guesses_in_an_hour()
    {
        await using var panel = await StartAsync();

        for (var i = 0; i < MailGuesses.PerLoginOfStrangers; i++) Assert.True(await GuessAsync(panel, Owner, $"{i}", $"203.0.113.{i}"));

        Assert.False(await MayTryAsync(panel, Owner, "right", "198.51.100.1"));
        Assert.True(await MayTryAsync(panel, "m2@big.example", "right", "198.51.100.1"));
    }

    /// <summary>Another panel, or the same one a minute later: what is under way here is in its memory alone.</summary>
    [MariaDbFact]
    public async Task Panels_count_together_and_for_an_hour()
    {
        await using var panel = await StartAsync();
        for (var i = 0; i < MailGuesses.PerLoginOfStrangers; i++) await GuessAsync(panel, Owner, $"{i}", $"203.0.113.{i}");

        Assert.False(await MayTryElsewhereAsync(panel));
        await panel.SqlAsync("UPDATE mail_guesses SET seen_at = seen_at - INTERVAL 61 MINUTE");
        Assert.True(await MayTryElsewhereAsync(panel));
    }

    [MariaDbFact]
    public async Task A_network_from_which_somebody_signed_in_has_guesses_of_its_own()
    {
        await using var panel = await StartAsync();
        await SignedInFromAsync(panel, Home);
        for (var i = 0; i < 30; i++) await GuessAsync(panel, Owner, $"{i}", $"203.0.113.{i}");

        Assert.False(await MayTryAsync(panel, Owner, "right", "203.0.113.77"));
        for (var i = 0; i < MailGuesses.PerKnownNetwork; i++) Assert.True(await GuessAsync(panel, Owner, $"mine {i}", Home));
        Assert.False(await MayTryAsync(panel, Owner, "right", Home));
    }

    [MariaDbFact]
    public async Task The_same_wrong_password_is_one_guess_however_often_it_comes()
    {
        await using var panel = await StartAsync();

        for (var i = 0; i < 50; i++) Assert.True(await GuessAsync(panel, Owner, "last year's", Home));

        Assert.True(await MayTryAsync(panel, Owner, "right", Home));
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM mail_guesses"));
    }

    /// <summary>None of them is reported yet when the last one asks.</summary>
    [MariaDbFact]
    public async Task Many_at_once_are_no_more_than_those_that_come_one_after_the_other()
    {
        await using var panel = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => MayTryAsync(panel, Owner, $"{i}", $"203.0.113.{i}")));

        Assert.Equal(MailGuesses.PerLoginOfStrangers, answers.Count(mayTry => mayTry));
    }

    /// <summary>After a power cut: the tries wait for one another instead of being refused.</summary>
    [MariaDbFact]
    public async Task Many_devices_with_their_own_right_passwords_come_at_once()
    {
        await using var panel = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * MailGuesses.PerLoginOfStrangers).Select(async i =>
        {
            var mayTry = await MayTryAsync(panel, Owner, $"app password {i}", Home);
            await ReportAsync(panel, Owner, $"app password {i}", Home, success: true);
            return mayTry;
        }));

        Assert.DoesNotContain(false, answers);
    }

    [MariaDbFact]
    public async Task One_network_has_a_hundred_guesses_at_all_mailboxes_together()
    {
        await using var panel = await StartAsync();

        for (var i = 0; i < MailGuesses.PerNetwork; i++) Assert.True(await GuessAsync(panel, $"u{i}@big.example", "summer", "203.0.113.1"));

        Assert.False(await MayTryAsync(panel, "u999@big.example", "summer", "203.0.113.1"));
        Assert.True(await MayTryAsync(panel, "u999@big.example", "summer", "203.0.113.2"));
        await SignedInFromAsync(panel, "203.0.113.1");
        Assert.True(await MayTryAsync(panel, Owner, "right", "203.0.113.1"));
    }

    /// <summary>Webmail on the mail server's host signs everybody in from one address.</summary>
    [MariaDbFact]
    public async Task The_host_itself_has_no_such_limit()
    {
        await using var panel = await StartAsync();

        for (var i = 0; i <= MailGuesses.PerNetwork; i++) Assert.True(await GuessAsync(panel, $"u{i}@big.example", "summer", "127.0.0.1"));
    }

    [MariaDbFact]
    public async Task The_names_under_alias_domains_have_no_guesses_of_their_own()
    {
        await using var panel = await StartAsync();
        await using (var scope = panel.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<CreateAliasDomain>().RunAsync(new() { Name = "other.example", TargetName = "big.example" }, Actor.CommandLine("root"), default);

        for (var i = 0; i < MailGuesses.PerLoginOfStrangers; i++) await GuessAsync(panel, i % 2 == 0 ? Owner : "M1@Other.Example", $"{i}", Home);

        Assert.False(await MayTryAsync(panel, "m1@other.example", "right", Home));
        Assert.False(await MayTryAsync(panel, Owner, "right", Home));
    }

    /// <summary>What was refused unread is no guess: otherwise whoever goes on asking would keep a budget spent for ever.</summary>
    [MariaDbFact]
    public async Task A_refused_try_does_not_count_and_a_database_that_is_away_refuses_nobody()
    {
        await using var panel = await StartAsync();

        await ReportAsync(panel, Owner, "x", Home, success: false, wasUnread: true);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM mail_guesses"));
        await panel.SqlAsync("RENAME TABLE mail_guesses TO away");
        Assert.True(await MayTryAsync(panel, Owner, "x", Home));
    }

    [MariaDbFact]
    public async Task The_table_names_neither_mailbox_nor_network_nor_password()
    {
        await using var panel = await StartAsync();

        await GuessAsync(panel, Owner, "bit", Home);

        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM mail_guesses WHERE NOT (bucket RLIKE '^[0-9a-f]{64}$' AND guess RLIKE '^[0-9a-f]{64}$')"));
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM mail_guesses"));
    }

    private static async Task<Panel> StartAsync()
    {
        var panel = await Panel.StartAsync(Setting);
        await using var connection = new MariaDbConnection(panel.Server.ConnectionString(panel.Database));
        await connection.OpenAsync();
        await MailSeed.FillAsync(connection, domains: 1, mailboxes: 0, inBigDomain: 2);
        return panel;
    }

    private static Task<string> SignedInFromAsync(Panel panel, string place) => panel.SqlAsync(
        $"INSERT INTO mailbox_sign_ins (mailbox_id, service, remote_address, first_at, last_at, times) SELECT m.id, 'imap', '{place}', NOW(6), NOW(6), 1 FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.address = '{Owner}'");

    /// <summary>One wrong password: asked for, looked at if it may be, reported.</summary>
    private static async Task<bool> GuessAsync(Panel panel, string login, string password, string from)
    {
        var mayTry = await MayTryAsync(panel, login, password, from);
        await ReportAsync(panel, login, password, from, success: false, wasUnread: !mayTry);
        return mayTry;
    }

    private static async Task<bool> MayTryAsync(Panel panel, string login, string password, string from)
    {
        using var answer = await PostAsync(panel, "?command=allow", $$"""{"login":"{{login}}","pwhash":"{{password}}","protocol":"imap","remote":"{{from}}"}""");
        // Dovecot looks at the password where the panel has no answer.
        return !answer.IsSuccessStatusCode || (await answer.Content.ReadAsStringAsync()).Contains("\"status\":0", StringComparison.Ordinal);
    }

    private static async Task<bool> MayTryElsewhereAsync(Panel panel)
    {
        await using var scope = panel.Services.CreateAsyncScope();
        var guesses = new MailGuesses(scope.ServiceProvider.GetRequiredService<AdminDb>(), panel.Services.GetRequiredService<KeyFile>(), new GuessesUnderWay(TimeProvider.System));
        return await guesses.MayTryAsync(new SignInTry(Owner, "imap", "198.51.100.1", "right", IsAccepted: null, WasUnread: false, AppPassword: null), default);
    }

    private static async Task ReportAsync(Panel panel, string login, string password, string from, bool success, bool wasUnread = false)
    {
        using var answer = await PostAsync(
            panel, "?command=report",
            $$"""{"login":"{{login}}","pwhash":"{{password}}","protocol":"imap","remote":"{{from}}","success":{{(success ? "true" : "false")}},"policy_reject":{{(wasUnread ? "true" : "false")}}}""");
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<HttpResponseMessage> PostAsync(Panel panel, string command, string body)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(panel.Address, "/daemons/sign-ins" + command)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"dovecot:{Secret}")));
        return await client.SendAsync(request);
    }
}
