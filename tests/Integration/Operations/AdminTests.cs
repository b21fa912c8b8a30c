using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class AdminTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_domain_admin_has_a_login_a_hash_and_the_assigned_domains()
    {
        await DomainAsync("example.org");
        await DomainAsync("münchen.de");

        var saved = Done(await CreateAsync(new() { Login = " Ute@Example.ORG ", Password = Password, Domains = ["MÜNCHEN.de", "example.org", "example.org"] }));

        Assert.Equal("ute@example.org", saved.Name);
        Assert.Equal("ute@example.org\tdomain_admin\t1", await AskAsync("SELECT login, kind, is_active FROM accounts"));
        Assert.Equal("2", await AskAsync("SELECT COUNT(*) FROM domain_admins"));
        using var hasher = new PasswordHasher();
        Assert.True(hasher.Verify(await AskAsync("SELECT password_hash FROM accounts"), Password).Matches);
    }

    [MariaDbFact]
    public async Task A_relay_domain_can_be_assigned_and_an_alias_domain_goes_with_its_target()
    {
        await DomainAsync("example.org");
        Done(await RunAsync<CreateRelayDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "relay.example" }, Superadmin, default)));
        Done(await RunAsync<CreateAliasDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "alias.example", TargetName = "example.org" }, Superadmin, default)));

        Done(await CreateAsync(new() { Login = "ute", Password = Password, Domains = ["relay.example"] }));

        Assert.Equal("relay.example", await AskAsync("SELECT d.name FROM domain_admins g JOIN domains d ON d.id = g.domain_id"));
        AssertRefused(await CreateAsync(new() { Login = "eva", Password = Password, Domains = ["alias.example"] }), "Domains:DomainUnknown");
        Assert.Equal(["example.org", "relay.example"], (await RunAsync<DomainRows, IReadOnlyList<DomainName>>(r => r.AssignableNamesAsync(Superadmin, 10, default))).Select(n => n.Value));
    }

    /// <summary>A form that was opened before a domain admin added a domain must not take that domain away again.</summary>
    [MariaDbFact]
    public async Task A_domain_that_its_admin_has_just_added_survives_an_older_form()
    {
        var id = Done(await CreateAsync(new() { Login = "ute", Password = Password, DomainLimit = "3" })).Id;
        var ute = new Actor(id, "ute", AccountKind.DomainAdmin, null, "r");
        var version = long.Parse(await AskAsync("SELECT version FROM accounts"));

        Done(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "new.example" }, ute, default)));

        Assert.IsType<Outcome<Saved>.Conflict>(await UpdateAsync(new() { Id = id, Version = version, DomainLimit = "3" }));
        Assert.Equal("new.example", await AskAsync("SELECT d.name FROM domain_admins g JOIN domains d ON d.id = g.domain_id"));
    }

    [MariaDbFact]
    public async Task A_taken_login_an_unknown_domain_and_a_weak_password_are_said_at_once()
    {
        await CreateAsync(new() { Login = "ute", Password = Password });

        AssertRefused(
            await CreateAsync(new() { Login = "UTE", Domains = ["unknown.example"], Password = "short" }),
            "Login:LoginTaken", "Domains:DomainUnknown", "Password:PasswordTooShort");
        AssertRefused(await CreateAsync(new() { Login = "", Password = Password }), "Login:LoginEmpty");
        AssertRefused(await CreateAsync(new() { Login = "a b", Password = Password }), "Login:LoginUnreadable");
    }

    [MariaDbFact]
    public async Task Assigned_domains_are_replaced_and_another_kind_ends_sessions()
    {
        await DomainAsync("example.org");
        await DomainAsync("new.example");
        var id = Done(await CreateAsync(new() { Login = "ute", Password = Password, Domains = ["example.org"] })).Id;
        var stamp = await AskAsync("SELECT security_stamp FROM accounts");

        Done(await UpdateAsync(new() { Id = id, Version = 1, Domains = ["new.example"] }));
        Assert.Equal("new.example\t2", await AskAsync("SELECT d.name, a.version FROM accounts a JOIN domain_admins g ON g.account_id = a.id JOIN domains d ON d.id = g.domain_id"));
        Assert.Equal(stamp, await AskAsync("SELECT security_stamp FROM accounts"));

        Done(await UpdateAsync(new() { Id = id, Version = 2, Kind = AccountKind.Superadmin }));
        Assert.NotEqual(stamp, await AskAsync("SELECT security_stamp FROM accounts"));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM domain_admins"));
    }

    [MariaDbFact]
    public async Task The_last_active_superadmin_can_be_neither_deleted_nor_made_less()
    {
        var id = await SuperadminAsync("root");
        await SuperadminAsync("gone", isActive: false);
        var before = await TablesAsync();

        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, Kind = AccountKind.DomainAdmin }), ":LastSuperadmin");
        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, Kind = AccountKind.Superadmin, IsActive = false }), ":LastSuperadmin");
        AssertRefused(await DeleteAsync(id), ":LastSuperadmin");
        Assert.Equal(before, await TablesAsync());
    }

    /// <summary>Two superadmins delete each other at the same moment: whoever is second finds that he is the last.</summary>
    [MariaDbFact]
    public async Task Two_superadmins_who_delete_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            await Database.EmptyAsync();
            var (one, other) = (await SuperadminAsync("one"), await SuperadminAsync("other"));

            await Task.WhenAll(Task.Run(() => DeleteAsync(one)), Task.Run(() => DeleteAsync(other)));

            Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM accounts"));
        }
    }

    [MariaDbFact]
    public async Task A_new_password_ends_the_sessions()
    {
        var id = await SuperadminAsync("root");
        var stamp = await AskAsync("SELECT security_stamp FROM accounts");

        var password = Done(await RunAsync<SetAdminPassword, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { Id = id, GeneratesPassword = true }, Superadmin, default))).GeneratedPassword!;

        using var hasher = new PasswordHasher();
        Assert.True(hasher.Verify(await AskAsync("SELECT password_hash FROM accounts"), password).Matches);
        Assert.NotEqual(stamp, await AskAsync("SELECT security_stamp FROM accounts"));
        Assert.Equal("2", await AskAsync("SELECT version FROM accounts"));
    }

    [MariaDbFact]
    public async Task Deleting_an_admin_leaves_domains_and_audit_entries()
    {
        await SuperadminAsync("root");
        await DomainAsync("example.org");
        var ute = await DomainAdminAsync("ute", "example.org");

        Done(await DeleteAsync(ute.AccountId!.Value));

        Assert.Equal("example.org\troot\t0", await AskAsync("SELECT name, (SELECT login FROM accounts), (SELECT COUNT(*) FROM domain_admins) FROM domains"));
        Assert.Equal("admin.delete\tute", await AskAsync("SELECT action, subject FROM audit_entries"));
    }

    private async Task<long> SuperadminAsync(string login, bool isActive = true) => await DbAsync(async db =>
    {
        var account = new Data.Model.Account { Login = login, Kind = AccountKind.Superadmin, PasswordHash = "{PLAIN}x", SecurityStamp = "s", IsActive = isActive };
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        return account.Id;
    });

    private Task<Outcome<SavedWithPassword>> CreateAsync(CreateAdmin.Input input) =>
        RunAsync<CreateAdmin, Outcome<SavedWithPassword>>(o => o.RunAsync(input, Superadmin, default));

    private Task<Outcome<Saved>> UpdateAsync(UpdateAdmin.Input input) => RunAsync<UpdateAdmin, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private Task<Outcome<Saved>> DeleteAsync(long id) => RunAsync<DeleteAdmin, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
}
