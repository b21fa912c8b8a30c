using System.Net;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Mailbox owners change their password, and what a new one ends.</summary>
public sealed class OwnPasswordTests
{
    [MariaDbFact]
    public async Task A_new_password_holds_at_once_and_ends_every_other_session()
    {
        await using var panel = await OwnPanel.StartAsync();
        var (other, here) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync(Bob));

        var saved = await here.SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Eight-green-foxes-32"));

        Assert.Equal("/me", saved.Location);
        Assert.Contains("The password was changed", (await here.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in", (await other.GetAsync("/me")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await panel.Browser().SignInAsync(Bob, Panel.Password)).Status);
        await panel.SignedInAsync(Bob, "Eight-green-foxes-32");
        Assert.Equal("bob@example.org\tmailbox.set-password\tbob@example.org\t1", await panel.SqlAsync("SELECT actor, action, subject, domain_id FROM audit_entries WHERE action LIKE 'mailbox.%'"));
        // Open mail programs are ended by the agent on the mail server, which reads this.
        Assert.Equal("bob@example.org", await panel.SqlAsync("SELECT mask FROM session_ends"));
    }

    [MariaDbTheory]
    [InlineData("Nine-green-herons-8", "Eight-green-foxes-32", "CurrentPassword", "This is not your current password", "the old one is wrong")]
    [InlineData("", "Eight-green-foxes-32", "CurrentPassword", "", "the old one is missing")]
    [InlineData(Panel.Password, "short", "NewPassword", "12", "too short")]
    [InlineData("Nine-green-herons-8", "short", "NewPassword", "12", "too short, and the old one is wrong")]
    [InlineData(Panel.Password, "bob@example.org", "NewPassword", "", "the address itself")]
    [InlineData(Panel.Password, Panel.Password, "NewPassword", "password you have now", "the old one again")]
    [InlineData(Panel.Password, "", "NewPassword", "", "nothing")]
    public async Task A_refused_password_says_why_and_changes_nothing(string current, string next, string field, string sentence, string why)
    {
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);
        var before = await panel.SqlAsync("SELECT password_hash, version FROM mailboxes");

        var answer = await browser.SubmitAsync("/me/password", ("Input.CurrentPassword", current), ("Input.NewPassword", next));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Page.QuerySelector($"[name='Input.{field}']")!.GetAttribute("aria-invalid") == "true", why);
        Assert.Contains(sentence, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Panel.Password, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await panel.SqlAsync("SELECT password_hash, version FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task A_password_that_an_admin_sets_ends_the_owners_sessions()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var (owner, admin) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync());

        await admin.SubmitAsync($"/mailboxes/{Bob}/password", ("Input.Password", "Eight-green-foxes-32"));

        Assert.Contains("/sign-in", (await owner.GetAsync("/me")).Location, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_password_that_is_too_old_opens_the_page_that_changes_it_and_no_other()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("UPDATE domains SET password_max_age_days = 30; UPDATE mailboxes SET password_changed_at = NOW(6) - INTERVAL 31 DAY");
        var browser = await panel.SignedInAsync(Bob);

        Assert.Equal("/me/password", (await browser.GetAsync("/me")).Location);
        Assert.Equal("/me/password", (await browser.GetAsync("/me/sign-ins")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains")).Status);
        Assert.Contains("too old", (await browser.GetAsync("/me/password")).Text, StringComparison.Ordinal);
        await browser.SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Eight-green-foxes-32"));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).Status);
    }
}
