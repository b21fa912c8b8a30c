using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What a domain does not let its owners do is not there for them: no page, no entry in a menu, no answer to a form.</summary>
public sealed class OwnerRightsTests
{
    [MariaDbTheory]
    [InlineData(OwnerRights.Password, "/me/password")]
    [InlineData(OwnerRights.Recovery, "/me/recovery")]
    [InlineData(OwnerRights.AppPasswords, "/me/app-passwords", "/me/app-passwords/add", "/me/devices/apple")]
    [InlineData(OwnerRights.SecondFactor, "/account/second-factor")]
    [InlineData(OwnerRights.Vacation, "/me/vacation")]
    [InlineData(OwnerRights.Forward, "/me/forward")]
    [InlineData(OwnerRights.Filters, "/me/filters", "/me/filters/add")]
    [InlineData(OwnerRights.DeviceSetup, "/me/devices", "/me/devices/apple")]
    public async Task A_page_goes_with_its_right_at_the_next_request(OwnerRights right, params string[] pages)
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.net', NOW(6))");
        var browser = await panel.SignedInAsync(Bob);
        foreach (var page in pages) Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page)).Status);
        Assert.NotEmpty((await browser.GetAsync("/me")).Page.QuerySelectorAll($"a[href='{pages[0]}']"));

        await panel.SqlAsync($"UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~right)}");

        foreach (var page in pages) Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page)).Status);
        Assert.Empty((await browser.GetAsync("/me")).Page.QuerySelectorAll($"a[href='{pages[0]}']"));
    }

    [MariaDbFact]
    public async Task A_domain_whose_owners_may_not_sign_in_refuses_them_as_it_refuses_a_wrong_password()
    {
        await using var panel = await OwnPanel.StartAsync();
        var browser = await panel.SignedInAsync(Bob);

        await panel.SqlAsync("UPDATE domains SET owner_rights = 0");

        Assert.EndsWith("/sign-in?returnUrl=%2Fme", (await browser.GetAsync("/me")).Location, StringComparison.Ordinal);
        var answer = await panel.Browser().SignInAsync(Bob, Panel.Password);
        Assert.Contains("do not go together", answer.Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_link_for_a_forgotten_password_is_neither_sent_nor_good_without_the_right()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync($"UPDATE mailboxes SET recovery_address = 'bob@home.example', confirmed_recovery_address = 'bob@home.example'; UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~OwnerRights.Recovery)}");
        var browser = panel.Browser();

        var answer = await browser.PostAsync("/forgotten", await browser.FormOfAsync("/forgotten", ("Input.Address", Bob)));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM mail_links"));
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM notices"));
    }

    [MariaDbFact]
    public async Task A_domain_that_sets_up_its_programs_itself_tells_none_of_them()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.org', NOW(6))");
        var browser = panel.Browser();
        const string question = "/mail/config-v1.1.xml?emailaddress=bob@example.org";
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(question)).Status);

        await panel.SqlAsync($"UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~OwnerRights.DeviceSetup)}");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(question)).Status);
    }

    [MariaDbFact]
    public async Task A_domain_that_asks_for_longer_passwords_is_obeyed_by_owners_and_admins()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync("UPDATE domains SET password_min_length = 20");
        var (owner, admin) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync());
        const string Short = "Eight-green-fox-32", Sentence = "20 characters or more";

        var changed = await owner.PostAsync("/me/password", await owner.FormOfAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", Short)));
        var set = await admin.PostAsync($"/mailboxes/{Bob}/password", await admin.FormOfAsync($"/mailboxes/{Bob}/password", ("Input.Password", Short)));
        var added = await admin.PostAsync("/domains/example.org/mailboxes/add", await admin.FormOfAsync("/domains/example.org/mailboxes/add", ("Input.LocalPart", "new"), ("Input.Password", Short)));

        Assert.All(new[] { changed, set, added }, answer => Assert.Contains(Sentence, answer.Text, StringComparison.Ordinal));
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task Owners_whose_passwords_become_too_old_keep_the_right_to_change_them()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync("UPDATE domains SET password_max_age_days = 3650");
        var admin = await panel.SignedInAsync();
        const string page = "/domains/example.org/self-service";

        var refused = await admin.PostAsync(page, await admin.FormOfAsync(page, ("Input.Version", "1"), ("Input.Rights", "panel")));
        await panel.SqlAsync($"UPDATE domains SET password_max_age_days = NULL, owner_rights = {(int)OwnerRights.Panel}");
        var other = await admin.PostAsync("/domains/example.org/edit", await admin.FormOfAsync("/domains/example.org/edit", ("Input.Version", "1"), ("Input.PasswordMaxAge", "90")));

        Assert.Contains("must be able to change the password", refused.Text, StringComparison.Ordinal);
        Assert.Contains("may not change their passwords", other.Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_template_has_them_on_its_page_and_a_domain_that_starts_from_it_gets_them()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var admin = await panel.SignedInAsync();
        var fresh = (await admin.GetAsync("/domain-templates/0")).Page.QuerySelectorAll("input[name='Input.Rights']");

        var saved = await admin.PostAsync("/domain-templates/0", await admin.FormOfAsync(
            "/domain-templates/0", ("Input.Name", "Gold"), ("Input.Rights", "panel"), ("Input.Rights", "device-setup"), ("Input.PasswordMinLength", "15")));
        var form = await admin.GetAsync("/domain-templates/1");
        var add = await admin.GetAsync("/domains/add?template=1");
        await admin.SubmitAsync(add, "/domains/add", ("Input.Name", "gold.example"));

        Assert.Equal(OwnerRights.Usual.Words(), fresh.Where(f => f.HasAttribute("checked")).Select(f => f.GetAttribute("value")!));
        Assert.Equal("/domain-templates", saved.Location);
        Assert.Equal(["panel", "device-setup"], form.Page.QuerySelectorAll("input[name='Input.Rights'][checked]").Select(f => f.GetAttribute("value")!));
        Assert.Contains("What owners may do is as the template says", add.Text, StringComparison.Ordinal);
        Assert.Equal($"{(int)(OwnerRights.Panel | OwnerRights.DeviceSetup)}\t15", await panel.SqlAsync("SELECT owner_rights, password_min_length FROM domains WHERE name = 'gold.example'"));
    }
}
