using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.MailSignIns;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Owners who want it are told of the first sign-in from a network that nobody came from before, to the panel or by a mail program.</summary>
public sealed class NewNetworkTests
{
    private const string Waiting = "SELECT kind, detail FROM notices";

    [MariaDbFact]
    public async Task A_mail_program_in_a_new_network_is_told_once()
    {
        await using var panel = await OwnPanel.StartAsync();
        await WantAsync(panel);
        await ReportAsync(panel, "imap", "198.51.100.1");
        Assert.Equal("", await panel.SqlAsync(Waiting));

        await ReportAsync(panel, "smtp", "203.0.113.7");
        Assert.Equal("new_network\tsmtp 203.0.113.7", await panel.SqlAsync(Waiting));

        await panel.SqlAsync("DELETE FROM notices");
        await ReportAsync(panel, "imap", "203.0.113.7");
        Assert.Equal("", await panel.SqlAsync(Waiting));
    }

    [MariaDbFact]
    public async Task A_refused_sign_in_is_no_news_and_an_owner_who_wants_none_is_left_alone()
    {
        await using var panel = await OwnPanel.StartAsync();
        await ReportAsync(panel, "imap", "198.51.100.1");
        await panel.SignedInAsync(Bob);
        await ReportAsync(panel, "imap", "203.0.113.7");
        Assert.Equal("", await panel.SqlAsync(Waiting));

        await panel.SqlAsync("UPDATE accounts SET tells_of_new_networks = 1");
        await ReportAsync(panel, "imap", "192.0.2.99", isAccepted: false);

        Assert.Equal("", await panel.SqlAsync(Waiting));
    }

    [MariaDbFact]
    public async Task Sign_ins_to_the_panel_stand_beside_those_of_mail_programs_refused_ones_too()
    {
        await using var panel = await OwnPanel.StartAsync();
        await WantAsync(panel);
        await ReportAsync(panel, "imap", "198.51.100.1");

        await panel.Browser("203.0.113.20").SignInAsync(Bob, "wrong-password-1");
        var browser = panel.Browser("203.0.113.21");
        await browser.SignInAsync(Bob, Panel.Password);
        await Eventually.TrueAsync(async () => await panel.SqlAsync("SELECT COUNT(*) FROM mailbox_sign_ins WHERE service = 'panel' AND remote_address = '203.0.113.21'") == "1");

        var text = (await browser.GetAsync("/me/sign-ins")).Page.QuerySelector("main")!.TextContent;
        Assert.Contains("This panel", text, StringComparison.Ordinal);
        Assert.Contains("203.0.113.20", text, StringComparison.Ordinal);
        Assert.Equal("new_network\tpanel 203.0.113.21", await panel.SqlAsync(Waiting));
    }

    [MariaDbFact]
    public async Task Signing_mail_programs_out_ends_the_sessions_of_the_own_mailbox_and_no_other()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddMailboxAsync(2, "ann@example.org");
        var owner = await panel.SignedInAsync(Bob);

        await owner.PostAsync("/me/sign-ins?handler=End", await owner.FormOfAsync("/me/sign-ins"));

        Assert.Equal(Bob, await panel.SqlAsync("SELECT mask FROM session_ends"));
        Assert.Equal("mailbox.end-sessions", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"));
    }

    private static async Task WantAsync(Panel panel)
    {
        var owner = await panel.SignedInAsync(Bob);
        await Eventually.TrueAsync(async () => await panel.SqlAsync("SELECT COUNT(*) FROM mailbox_sign_ins") == "1");
        await owner.PostAsync("/me/sign-ins?handler=Tell", await owner.FormOfAsync("/me/sign-ins", ("tells", "true")));
        await panel.SqlAsync("DELETE FROM mailbox_sign_ins");
    }

    private static async Task ReportAsync(Panel panel, string service, string from, bool isAccepted = true)
    {
        await using var scope = panel.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SignInRecords>().WriteAsync([new SignInSum(new SignInReport(Bob, service, from, isAccepted), 1)], CancellationToken.None);
    }
}
