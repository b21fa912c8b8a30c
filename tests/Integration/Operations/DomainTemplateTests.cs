using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
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
            }),
            "Name:TemplateNameEmpty", "MailboxLimit:NumberUnreadable", "Tags:TagUnreadable", "PasswordMaxAge:PasswordMaxAgeRange", "DefaultQuota:DefaultQuotaAboveLimit",
            "DefaultQuota:DefaultQuotaAboveLargest", "Roles:RoleUnknown", "RoleDestination:DestinationNoAt");
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

    private Task<Outcome<Saved>> SaveAsync(SaveTemplate.Input input) => RunAsync<SaveTemplate, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private async Task<int> ShellAsync(params string[] arguments) => (await Shell.RunAsync(Database.ConnectionString, arguments, "")).Status;
}
