using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Who must have a second factor sets one up before anything else opens: signed in already or not, by the kind of account or by the domain.</summary>
public sealed class RequiredSecondFactorTests
{
    private const string Own = "/account/second-factor";

    [MariaDbFact]
    public async Task A_domain_that_requires_it_opens_nothing_else_until_it_is_on()
    {
        await using var panel = await OwnPanel.StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        await panel.SqlAsync("UPDATE domains SET owners_need_second_factor = 1");

        foreach (var path in new[] { "/", "/me", "/me/vacation", "/me/app-passwords", "/export/me", "/account/sessions" })
            Assert.True((await owner.GetAsync(path)).Location == Own, path);
        Assert.Equal(Own, (await owner.PostAsync("/me/sign-ins?handler=End", await owner.FormOfAsync(Own))).Location);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM session_ends"));
        Assert.Contains("Set up a second factor first", (await owner.GetAsync(Own)).Text, StringComparison.Ordinal);

        await SecondFactorTests.TurnOnAsync(owner);

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/me")).Status);
    }

    [MariaDbTheory]
    [InlineData(Panel.Login, "superadmin")]
    [InlineData(Bob, "mailbox_owner")]
    public async Task A_rule_for_a_kind_of_account_holds_for_whoever_is_signed_in(string login, string kind)
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var (admin, one) = (await panel.SignedInAsync(), await panel.SignedInAsync(login));

        var answer = await admin.PostAsync("/admins/rules", await admin.FormOfAsync("/admins/rules", ("Input.SecondFactor", kind)));

        Assert.Equal("/admins", answer.Location);
        Assert.Equal(Own, (await one.GetAsync(login == Bob ? "/me" : "/domains")).Location);
        await SecondFactorTests.TurnOnAsync(one);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync(login == Bob ? "/me" : "/domains")).Status);
        Assert.Equal("admins.set-rules", await panel.SqlAsync("SELECT action FROM audit_entries WHERE action LIKE 'admins%'"));
    }

    [MariaDbFact]
    public async Task Whoever_turns_it_off_sets_up_another_one_first()
    {
        await using var panel = await OwnPanel.StartAsync();
        var owner = await panel.SignedInAsync(Bob);
        var (_, codes) = await SecondFactorTests.TurnOnAsync(owner);
        await panel.SqlAsync("UPDATE domains SET owners_need_second_factor = 1");

        await owner.PostAsync($"{Own}?handler=Off", await owner.FormOfAsync(Own, ("Off.CurrentPassword", Panel.Password), ("Off.Code", codes[0])));

        Assert.Equal(Own, (await owner.GetAsync("/me")).Location);
    }

    [MariaDbFact]
    public async Task A_reset_by_an_admin_does_not_open_what_the_rule_closes()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await SecondFactorTests.TurnOnAsync(await panel.SignedInAsync(Bob));
        await panel.SqlAsync("UPDATE domains SET owners_need_second_factor = 1");
        var admin = await panel.SignedInAsync();

        await admin.PostAsync($"/mailboxes/{Bob}/app-passwords?handler=Reset", await admin.FormOfAsync($"/mailboxes/{Bob}/app-passwords"));
        var owner = await panel.SignedInAsync(Bob);

        Assert.Equal(Own, (await owner.GetAsync("/me")).Location);
    }

    [MariaDbFact]
    public async Task Owners_who_may_have_none_are_not_locked_out_by_a_rule_for_all()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync($"INSERT INTO role_rules (kind, needs_second_factor) VALUES ('mailbox_owner', 1); UPDATE domains SET owner_rights = {(int)(OwnerRights.All & ~OwnerRights.SecondFactor)}");

        Assert.Equal(HttpStatusCode.OK, (await (await panel.SignedInAsync(Bob)).GetAsync("/me")).Status);
    }

    [MariaDbFact]
    public async Task Whoever_owes_one_still_signs_out()
    {
        await using var panel = await OwnPanel.StartAsync();
        await panel.SqlAsync("UPDATE domains SET owners_need_second_factor = 1");
        var owner = await panel.SignedInAsync(Bob);

        Assert.Equal("/sign-in", (await owner.SubmitAsync("/sign-out")).Location);
        Assert.Null(owner.Session);
    }
}
