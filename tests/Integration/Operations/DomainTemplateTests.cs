using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class DomainTemplateTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_domain_made_from_a_template_by_shell_has_its_settings_and_those_that_were_named()
    {
        Assert.Equal(0, await ShellAsync(
            "domain-template", "add", "Gold", "--mailbox-limit", "50", "--quota-limit", "500G", "--overcommit", "true", "--mailbox-quota-limit", "20G", "--default-quota", "5G",
            "--password-max-age", "90", "--tags", "gold,customer", "--roles", "postmaster,abuse", "--role-destination", "ops@provider.example"));
        Assert.Equal(0, await ShellAsync("domain", "add", "example.org", "--template", "gold", "--mailbox-limit", "7", "--roles", "postmaster"));
        Assert.Equal(1, await ShellAsync("domain", "add", "other.example", "--template", "silver"));

        Assert.Equal(
            "7\tNULL\t536870912000\t1\t21474836480\t5368709120\t90",
            await AskAsync("SELECT mailbox_limit, alias_limit, quota_limit, allows_overcommit, mailbox_quota_limit, default_quota, password_max_age_days FROM domains"));
        Assert.Equal("customer\ngold", await AskAsync("SELECT name FROM domain_tags ORDER BY name"));
        Assert.Equal("postmaster@example.org", await AskAsync("SELECT address FROM addresses"));
    }

    [MariaDbFact]
    public async Task A_domain_made_from_a_template_grants_its_owners_what_the_template_says_whoever_makes_it()
    {
        Assert.Equal(0, await ShellAsync(
            "domain-template", "add", "Gold", "--may", "panel,password,app-passwords,second-factor,aliases", "--require-2fa", "true", "--own-aliases", "7", "--password-min-length", "16"));
        Assert.Equal(0, await ShellAsync("domain-template", "set", "gold", "--own-aliases", "8"));
        var shown = (await Shell.RunAsync(Database.ConnectionString, ["domain-template", "show", "Gold"], "")).Out;
        await DomainAsync("mine.example");
        var ute = await DomainAdminAsync("ute", "mine.example");
        await AskAsync("UPDATE accounts SET domain_limit = 5");

        Assert.Equal(0, await ShellAsync("domain", "add", "shell.example", "--template", "gold"));
        var id = (await AllAsync(Superadmin))[0].Id;
        foreach (var (name, actor) in new[] { ("root.example", Superadmin), ("ute.example", ute) })
            Done(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = name, TemplateId = id }, actor, default)));

        Assert.Contains("owners may     panel, password, app-passwords, second-factor, aliases\n", shown, StringComparison.Ordinal);
        Assert.Contains("second factor  required\n", shown, StringComparison.Ordinal);
        var granted = (int)(OwnerRights.Panel | OwnerRights.Password | OwnerRights.AppPasswords | OwnerRights.SecondFactor | OwnerRights.Aliases);
        Assert.Equal(
            $"root.example\t{granted}\t1\t8\t16\nshell.example\t{granted}\t1\t8\t16\nute.example\t{granted}\t1\t8\t16",
            await AskAsync("SELECT name, owner_rights, owners_need_second_factor, own_alias_limit, password_min_length FROM domains WHERE name <> 'mine.example' ORDER BY name"));
        Assert.Equal("8", await AskAsync("SELECT JSON_VALUE(`after`, '$.selfService.ownAliasLimit') FROM audit_entries WHERE action = 'domain.create' AND subject = 'ute.example'"));
    }

    [MariaDbFact]
    public async Task A_template_of_before_and_a_new_one_grant_what_a_domain_without_one_does()
    {
        await AskAsync("INSERT INTO domain_templates (name, form, version, created_at, updated_at) VALUES ('Old', '{\"MailboxLimit\":\"3\"}', 1, NOW(6), NOW(6))");
        Assert.Equal(0, await ShellAsync("domain-template", "add", "New"));

        foreach (var name in new[] { "old", "new" }) Assert.Equal(0, await ShellAsync("domain", "add", $"{name}.example", "--template", name));

        Assert.Equal(
            $"new.example\t{(int)OwnerRights.Usual}\t0\tNULL\tNULL\nold.example\t{(int)OwnerRights.Usual}\t0\tNULL\tNULL",
            await AskAsync("SELECT name, owner_rights, owners_need_second_factor, own_alias_limit, password_min_length FROM domains ORDER BY name"));
    }

    /// <summary>What nobody could mend where the domain is added is refused there, and nothing is granted in its place.</summary>
    [MariaDbFact]
    public async Task A_template_that_is_gone_or_does_not_fit_makes_no_domain()
    {
        Assert.Equal(0, await ShellAsync("domain-template", "add", "Silent", "--may", "none"));
        var id = (await AllAsync(Superadmin))[0].Id;

        AssertRefused(await CreateAsync(new() { Name = "a.example", TemplateId = id, PasswordMaxAge = "90" }), "PasswordMaxAge:PasswordAgeNeedsRight");
        await AskAsync("UPDATE domain_templates SET form = '{\"Rights\":[\"vacation\"]}'");
        AssertRefused(await CreateAsync(new() { Name = "a.example", TemplateId = id }), ":PanelRightNeeded");
        AssertRefused(await CreateAsync(new() { Name = "a.example", TemplateId = id + 1 }), ":TemplateGone");
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM domains"));
    }

    [MariaDbFact]
    public async Task Changing_or_deleting_a_template_changes_no_domain()
    {
        var id = Done(await SaveAsync(new() { Name = "Gold", MailboxLimit = "50" })).Id;
        Assert.Equal(0, await ShellAsync("domain", "add", "example.org", "--template", "Gold"));
        var before = await TablesAsync();

        Done(await SaveAsync(new() { Id = id, Version = 1, Name = "Gold", MailboxLimit = "1" }));
        Assert.Equal(before, await TablesAsync());
        Done(await RunAsync<DeleteTemplate, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default)));
        Assert.Equal(before, await TablesAsync());
        Assert.Equal("template.create\ntemplate.update\ntemplate.delete", await AskAsync("SELECT action FROM audit_entries WHERE action LIKE 'template%' ORDER BY id"));
        Assert.Equal("50\t1", await AskAsync("SELECT JSON_VALUE(`before`, '$.form.mailboxLimit'), JSON_VALUE(`after`, '$.form.mailboxLimit') FROM audit_entries WHERE action = 'template.update'"));
    }

    [MariaDbFact]
    public async Task Everything_that_is_wrong_is_said_when_it_is_saved_and_not_when_it_is_used()
    {
        AssertRefused(
            await SaveAsync(new()
            {
                Name = " ", MailboxLimit = "many", QuotaLimit = "1G", DefaultQuota = "3G", MailboxQuotaLimit = "2G", PasswordMaxAge = "0", Tags = "<b>", Roles = ["root"], RoleDestination = "x",
                Rights = ["vacation", "everything"], NeedsSecondFactor = true, PasswordMinLength = "3", OwnAliasLimit = "few",
            }),
            "Name:TemplateNameEmpty", "MailboxLimit:NumberUnreadable", "Tags:TagUnreadable", "PasswordMaxAge:PasswordMaxAgeRange", "DefaultQuota:DefaultQuotaAboveLimit",
            "DefaultQuota:DefaultQuotaAboveLargest", "Rights:ChoiceUnknown", "Rights:PanelRightNeeded", "NeedsSecondFactor:SecondFactorRightNeeded", "PasswordMinLength:PasswordMinLengthRange",
            "OwnAliasLimit:NumberUnreadable", "PasswordMaxAge:PasswordAgeNeedsRight", "Roles:RoleUnknown", "RoleDestination:DestinationNoAt");
        AssertRefused(await SaveAsync(new() { Name = new string('x', 65) }), "Name:TextTooLong");
        Done(await SaveAsync(new() { Name = "Gold", Roles = ["abuse"] }));
        AssertRefused(await SaveAsync(new() { Name = "GOLD" }), "Name:TemplateNameTaken");
    }

    [MariaDbFact]
    public async Task A_stale_form_is_a_conflict_and_somebody_elses_template_is_not_there()
    {
        var id = Done(await SaveAsync(new() { Name = "Gold" })).Id;
        Done(await SaveAsync(new() { Id = id, Version = 1, Name = "Gold" }));
        Assert.IsType<Outcome<Saved>.Conflict>(await SaveAsync(new() { Id = id, Version = 1, Name = "Silver" }));
        await DomainAsync("example.org");
        var ute = await DomainAdminAsync("ute", "example.org");

        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<SaveTemplate, Outcome<Saved>>(o => o.RunAsync(new() { Name = "Mine" }, ute, default)));
        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<DeleteTemplate, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, ute, default)));
        Assert.Empty(await AllAsync(ute));
        // Whoever may add a domain chooses from them, and manages none.
        await AskAsync("UPDATE accounts SET domain_limit = 2");
        Assert.Equal("Gold", Assert.Single(await AllAsync(ute)).Name);
        Assert.Null(await RunAsync<TemplateRows, TemplateRow?>(r => r.FindAsync(id, ute, default)));
    }

    private Task<IReadOnlyList<TemplateRow>> AllAsync(Actor actor) => RunAsync<TemplateRows, IReadOnlyList<TemplateRow>>(r => r.AllAsync(actor, default));

    private Task<Outcome<Saved>> CreateAsync(CreateDomain.Input input) => RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private Task<Outcome<Saved>> SaveAsync(SaveTemplate.Input input) => RunAsync<SaveTemplate, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private async Task<int> ShellAsync(params string[] arguments) => (await Shell.RunAsync(Database.ConnectionString, arguments, "")).Status;
}
