using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.MailSignIns;
using MariaDb.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// The attack: somebody on the host, or through the proxy, tells the panel of sign-ins that never were, floods it with
/// names and places, or learns from its answers which mailboxes there are.
/// </summary>
public sealed class SignInReportTests
{
    private const string Secret = "report.password.1";
    private const string Setting = "--MailServer:sign_in_report_password=" + Secret;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [MariaDbFact]
    public async Task Without_the_setting_there_is_no_such_address()
    {
        await using var panel = await Panel.StartAsync();

        Assert.Equal(await ReportAsync(panel, "{}", Secret, "/daemons/no-such-thing"), await ReportAsync(panel, Event("m1@big.example"), Secret));
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM mailbox_sign_ins"));
    }

    [MariaDbTheory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("report.password.2")]
    public async Task A_report_without_the_password_is_refused(string? password)
    {
        await using var panel = await Panel.StartAsync(Setting);

        Assert.Equal(HttpStatusCode.Unauthorized, await ReportAsync(panel, Event("m1@big.example"), password));
    }

    [MariaDbFact]
    public async Task What_is_no_event_is_refused_and_the_next_one_is_taken()
    {
        await using var panel = await Panel.StartAsync(Setting);

        Assert.Equal(HttpStatusCode.BadRequest, await ReportAsync(panel, "{\"event\":", Secret));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await ReportAsync(panel, Event(new string('m', 20_000)), Secret));
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(panel, Event("m1@big.example"), Secret));
    }

    [MariaDbFact]
    public async Task Sign_ins_are_summed_up_by_place_refused_ones_by_day_and_the_page_shows_both()
    {
        await using var panel = await Panel.StartAsync(Setting);
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await AddMailboxAsync(panel);

        foreach (var report in (string[])
            [
                Event("m1@big.example"), Event("m1@big.example"), Event("m1@big.example", remote: "198.51.100.7"),
                Event("m1@big.example", "smtp", success: false, remote: "203.0.113.1"), Event("m1@big.example", "smtp", success: false, remote: "203.0.113.2"),
                Event("nobody@big.example"), Event("m@foreign.example", success: false),
            ])
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(panel, report, Secret));

        await AwaitAsync(panel, "SELECT SUM(times) FROM mailbox_sign_ins", "3");
        await AwaitAsync(panel, "SELECT SUM(times) FROM refused_sign_ins", "2");
        Assert.Equal("imap\t192.0.2.9\t2\nimap\t198.51.100.7\t1", await panel.SqlAsync("SELECT service, remote_address, times FROM mailbox_sign_ins ORDER BY remote_address"));
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM refused_sign_ins"));

        var page = (await (await panel.SignedInAsync()).GetAsync("/mailboxes/m1@big.example/sign-ins")).Page;
        var rows = page.QuerySelectorAll("main tbody tr").Select(r => r.TextContent).ToList();
        Assert.Equal(3, rows.Count);
        Assert.Contains("198.51.100.7", string.Concat(rows), StringComparison.Ordinal);
        Assert.Contains("Submission", rows[2], StringComparison.Ordinal);
    }

    /// <summary>Dovecot reports what was typed when it refuses: the owner's other name, or another letter case.</summary>
    [MariaDbFact]
    public async Task A_refused_sign_in_under_an_alias_domain_is_the_mailboxes_own()
    {
        await using var panel = await Panel.StartAsync(Setting);
        await AddMailboxAsync(panel);
        await using (var scope = panel.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<CreateAliasDomain>().RunAsync(new() { Name = "other.example", TargetName = "big.example" }, Actor.CommandLine("root"), default);

        foreach (var user in (string[])["m1@other.example", "M1@Other.Example", "m1@big.example", "nobody@other.example", "m1@@other.example"])
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(panel, Event(user, "smtp", success: false), Secret));

        await AwaitAsync(panel, "SELECT SUM(times) FROM refused_sign_ins", "3");
        Assert.Equal("m1@big.example\t1", await panel.SqlAsync("SELECT a.address, COUNT(*) FROM refused_sign_ins r JOIN mailboxes m ON m.id = r.mailbox_id JOIN addresses a ON a.id = m.address_id GROUP BY a.address"));
    }

    [MariaDbFact]
    public async Task They_go_with_their_mailbox_and_with_time()
    {
        await using var panel = await Panel.StartAsync(Setting);
        await AddMailboxAsync(panel);
        await panel.SqlAsync(
            """
            INSERT INTO mailbox_sign_ins (mailbox_id, service, remote_address, first_at, last_at, times)
            SELECT id, 'imap', '192.0.2.1', '2020-01-01', UTC_TIMESTAMP(6) - INTERVAL 89 DAY, 1 FROM mailboxes UNION SELECT id, 'imap', '192.0.2.2', '2020-01-01', UTC_TIMESTAMP(6) - INTERVAL 91 DAY, 1 FROM mailboxes;
            INSERT INTO refused_sign_ins (mailbox_id, service, day, remote_address, last_at, times)
            SELECT id, 'imap', UTC_DATE() - INTERVAL 29 DAY, '192.0.2.1', UTC_TIMESTAMP(6), 1 FROM mailboxes UNION SELECT id, 'imap', UTC_DATE() - INTERVAL 31 DAY, '192.0.2.2', UTC_TIMESTAMP(6), 1 FROM mailboxes
            """);

        await using (var scope = panel.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<SignInRecords>().SweepAsync(CancellationToken.None);

        Assert.Equal("192.0.2.1\n192.0.2.1", await panel.SqlAsync("SELECT remote_address FROM mailbox_sign_ins UNION ALL SELECT remote_address FROM refused_sign_ins"));
        await panel.SqlAsync("DELETE FROM mailboxes");
        Assert.Equal("0", await panel.SqlAsync("SELECT (SELECT COUNT(*) FROM mailbox_sign_ins) + (SELECT COUNT(*) FROM refused_sign_ins)"));
    }

    private static async Task<HttpStatusCode> ReportAsync(Panel panel, string body, string? password, string path = "/daemons/sign-ins")
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(panel.Address, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (password is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"dovecot:{password}")));
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Event(string user, string service = "imap", bool success = true, string remote = "192.0.2.9", string appPassword = "") =>
        $$"""{"app_password":"{{appPassword}}","login":"{{user}}","protocol":"{{service}}","remote":"{{remote}}","success":{{(success ? "true" : "false")}},"policy_reject":false,"tls":true}""";

    private static async Task AddMailboxAsync(Panel panel)
    {
        await using var connection = new MariaDbConnection(panel.Server.ConnectionString(panel.Database));
        await connection.OpenAsync();
        await MailSeed.FillAsync(connection, domains: 1, mailboxes: 0, inBigDomain: 1);
    }

    private static async Task AwaitAsync(Panel panel, string sql, string expected)
    {
        var started = Stopwatch.GetTimestamp();
        while (await panel.SqlAsync(sql) is var seen && seen != expected)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{sql} says {seen}");
            await Task.Delay(50);
        }
    }
}
