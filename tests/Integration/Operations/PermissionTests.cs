using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What a domain admin may do in an assigned domain is said for each, and what is not said is not there.</summary>
public sealed class PermissionTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_new_assignment_has_the_usual_permissions_and_chosen_ones_replace_them()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");

        var id = Done(await RunAsync<CreateAdmin, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { Login = "ute", Password = Password, Domains = ["example.org", "other.example"], Permissions = ["other.example:", "other.example:limits"] }, Superadmin, default))).Id;
        Assert.Equal("example.org\t43\nother.example\t4", await StoredAsync());

        // What the form does not say of a domain stays; an empty mark takes all.
        Done(await RunAsync<UpdateAdmin, Outcome<Saved>>(o => o.RunAsync(
            new() { Id = id, Version = 1, Domains = ["example.org", "other.example"], Permissions = ["example.org:"] }, Superadmin, default)));
        Assert.Equal("example.org\t0\nother.example\t4", await StoredAsync());
        Assert.Equal(
            """{"kind":"domainAdmin","isActive":true,"domainLimit":null,"domains":["example.org: ","other.example: limits"]}""",
            await AskAsync("SELECT `after` FROM audit_entries WHERE action = 'admin.update'"));

        AssertRefused(
            await RunAsync<UpdateAdmin, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 2, Domains = ["example.org"], Permissions = ["example.org:everything"], DomainLimit = "x" }, Superadmin, default)),
            "Domains:PermissionUnknown", "DomainLimit:NumberUnreadable");
    }

    [MariaDbTheory]
    [InlineData(DomainPermissions.None, "domain")]
    [InlineData(DomainPermissions.Mailboxes, "domain mailbox mailbox.add mailbox.bulk mailbox.set")]
    [InlineData(DomainPermissions.Passwords, "domain mailbox mailbox.passwd")]
    [InlineData(DomainPermissions.Aliases, "domain alias alias.add alias.bulk alias.set")]
    [InlineData(DomainPermissions.Limits, "domain domain.set")]
    [InlineData(DomainPermissions.Logs | DomainPermissions.Dns, "domain")]
    public async Task Each_permission_opens_its_own_operations_and_no_others(DomainPermissions permissions, string opened)
    {
        var domain = await DomainAsync("example.org", mailboxLimit: 5);
        var mailbox = await MailboxAsync("bob@example.org");
        var alias = await AliasAsync("info@example.org", "x@y.example");
        var ute = await DomainAdminAsync("ute", "example.org");
        await AskAsync($"UPDATE domain_admins SET permissions = {(int)permissions}");
        var name = DomainName.Parse("example.org");
        var version = long.Parse(await AskAsync("SELECT version FROM domains"), System.Globalization.CultureInfo.InvariantCulture);

        var found = new List<string>();
        void See(string what, bool isOpen) => found.AddRange(isOpen ? [what] : []);
        See("domain", await RunAsync<DomainRows, DomainRow?>(r => r.RowAsync(name, ute, default)) is not null);
        See("domain.set", IsOpen(await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = domain, Version = version, MailboxLimit = "9" }, ute, default))));
        See("mailbox", await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(mailbox, ute, default)) is not null);
        See("mailbox.add", IsOpen(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "new", Password = Password }, ute, default))));
        See("mailbox.set", IsOpen(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = mailbox, Version = 1 }, ute, default))));
        See("mailbox.passwd", IsOpen(await RunAsync<SetMailboxPassword, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { Id = mailbox, Password = Password }, ute, default))));
        See("mailbox.bulk", IsOpen(await RunAsync<StartJob, Outcome<Saved>>(o => o.RunAsync(new() { Action = JobAction.Delete, Ids = [mailbox], Confirm = "1" }, ute, default))));
        See("alias", await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync(alias, ute, default)) is not null);
        See("alias.add", IsOpen(await RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "new", Destinations = "x@y.example" }, ute, default))));
        See("alias.set", IsOpen(await RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(new() { Id = alias, Version = 1, Destinations = "z@y.example" }, ute, default))));

        See("alias.bulk", IsOpen(await RunAsync<StartJob, Outcome<Saved>>(o => o.RunAsync(new() { Kind = JobKind.Aliases, Action = JobAction.Deactivate, DomainName = "example.org" }, ute, default))));

        Assert.Equal(opened.Split(' ').Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal($"{opened.Split(' ').Count(w => w.Contains('.', StringComparison.Ordinal))}", await AskAsync("SELECT COUNT(*) FROM audit_entries"));
    }

    /// <summary>The attack: a domain admin raises the limits of the own domain, or starts it again after it was stopped.</summary>
    [MariaDbFact]
    public async Task Limits_are_changed_by_whoever_is_permitted_and_the_state_by_nobody_else()
    {
        var domain = await DomainAsync("example.org", mailboxLimit: 5, isActive: false);
        var ute = await DomainAdminAsync("ute", "example.org");
        var input = new UpdateDomain.Input { Id = domain, Version = 1, MailboxLimit = "500", IsActive = true };

        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(input, ute, default)));
        Assert.Equal("5\t0", await AskAsync("SELECT mailbox_limit, is_active FROM domains"));

        await AskAsync("UPDATE domain_admins SET permissions = 4");
        Done(await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(input, ute, default)));
        Assert.Equal("500\t0", await AskAsync("SELECT mailbox_limit, is_active FROM domains"));
    }

    [MariaDbFact]
    public async Task A_domain_admin_adds_domains_up_to_the_number_and_gets_them_assigned()
    {
        await DomainAsync("example.org");
        var ute = await DomainAdminAsync("ute", "example.org");
        Assert.IsType<Outcome<Saved>.NotFound>(await CreateAsync("none.example"));

        await AskAsync("UPDATE accounts SET domain_limit = 2");
        Done(await CreateAsync("second.example"));
        Assert.IsType<Outcome<Saved>.NotFound>(await CreateAsync("third.example"));
        Assert.Equal("example.org\t43\nsecond.example\t43", await StoredAsync());

        await AskAsync("UPDATE accounts SET domain_limit = 3");
        await Task.WhenAll(Task.Run(() => CreateAsync("a.example")), Task.Run(() => CreateAsync("b.example")));
        Assert.Equal("3", await AskAsync("SELECT COUNT(*) FROM domain_admins"));

        Task<Outcome<Saved>> CreateAsync(string name) => RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = name }, ute, default));
    }

    private static bool IsOpen<T>(Outcome<T> outcome) => outcome is Outcome<T>.Done;

    private Task<string> StoredAsync() => AskAsync("SELECT d.name, g.permissions FROM domain_admins g JOIN domains d ON d.id = g.domain_id ORDER BY 1");
}
