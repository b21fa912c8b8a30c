using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>postmaster@ and its like: there from the first moment, and a superadmin's alone.</summary>
public sealed class RoleAddressTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string RolesAndDestinations =
        "SELECT a.address, x.address, l.is_role FROM addresses a JOIN aliases l ON l.address_id = a.id LEFT JOIN destinations x ON x.address_id = a.id ORDER BY a.address";

    [MariaDbFact]
    public async Task A_new_domain_has_the_role_addresses_that_were_chosen()
    {
        Done(await CreateAsync(new() { Name = "example.org", Roles = ["abuse", "Postmaster", "abuse"], RoleDestination = "Ops@Provider.example" }, Superadmin));

        Assert.Equal("abuse@example.org\tops@provider.example\t1\npostmaster@example.org\tops@provider.example\t1", await AskAsync(RolesAndDestinations));
        Assert.Equal("2", await AskAsync("SELECT alias_count FROM domains"));
        Assert.Equal("postmaster\tops@provider.example", await AskAsync("SELECT JSON_VALUE(`after`, '$.roles.roles[0]'), JSON_VALUE(`after`, '$.roles.destination') FROM audit_entries"));
    }

    [MariaDbTheory]
    [InlineData("postmaster", null, "RoleDestination:RoleDestinationEmpty")]
    [InlineData("postmaster", "ops", "RoleDestination:DestinationNoAt")]
    [InlineData("postmaster", "a@y.example b@y.example", "RoleDestination:RoleDestinationOne")]
    [InlineData("postmaster", "postmaster@example.org", "RoleDestination:DestinationIsItself")]
    [InlineData("postmaster", "\u00e4@y.example", "RoleDestination:DestinationNotAscii")]
    [InlineData("root", "ops@provider.example", "Roles:RoleUnknown")]
    [InlineData("<script>", "ops@provider.example", "Roles:RoleUnknown")]
    public async Task What_cannot_be_is_named_and_no_domain_is_made(string role, string? destination, string problem)
    {
        AssertRefused(await CreateAsync(new() { Name = "example.org", Roles = [role], RoleDestination = destination }, Superadmin), problem);
        Assert.Equal("0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM domains), (SELECT COUNT(*) FROM addresses)"));
    }

    [MariaDbFact]
    public async Task They_count_as_aliases_and_a_domain_without_room_for_them_is_not_made()
    {
        AssertRefused(
            await CreateAsync(new() { Name = "example.org", AliasLimit = "1", Roles = ["abuse", "postmaster"], RoleDestination = "x@y.example" }, Superadmin), "AliasLimit:AliasLimitReached");
        Assert.Equal("0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM domains), (SELECT COUNT(*) FROM addresses)"));
    }

    /// <summary>The attack: a domain admin points abuse@ at a mailbox that nobody reads, so that no complaint ever arrives.</summary>
    [MariaDbFact]
    public async Task A_domain_admin_can_neither_redirect_nor_stop_nor_delete_one_by_page_or_by_job()
    {
        Done(await CreateAsync(new() { Name = "example.org", Roles = ["abuse"], RoleDestination = "x@y.example" }, Superadmin));
        var id = long.Parse(await AskAsync("SELECT id FROM aliases"), System.Globalization.CultureInfo.InvariantCulture);
        var other = await AliasAsync("info@example.org", "x@y.example");
        var ute = await DomainAdminAsync("ute", "example.org");
        var plan = (await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync(id, ute, default)))!.Fingerprint();
        var before = await TablesAsync();

        AssertRefused(await RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1, Destinations = "null@y.example" }, ute, default)), ":RoleAddressProtected");
        AssertRefused(await RunAsync<SetAliasActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, ute, default)), ":RoleAddressProtected");
        AssertRefused(await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan }, ute, default)), ":RoleAddressProtected");
        Assert.Equal(before, await TablesAsync());
        Assert.Equal(["abuse@example.org RoleAddressProtected", "info@example.org "], await DeleteAllAsync(ute));
        Assert.Equal("abuse@example.org\tx@y.example\t1", await AskAsync(RolesAndDestinations));
        Assert.NotEqual(0, other);

        Done(await RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1, Destinations = "z@y.example" }, Superadmin, default)));
        Assert.Equal(["abuse@example.org "], await DeleteAllAsync(Superadmin));
    }

    [MariaDbFact]
    public async Task A_superadmin_chooses_them_later_and_lets_them_go_again()
    {
        var id = await DomainAsync("example.org");
        await AliasAsync("abuse@example.org", "old@y.example");
        Done(await SetAsync(id, ["abuse", "postmaster"], "new@y.example"));
        Assert.Equal("abuse@example.org\tnew@y.example\t1\npostmaster@example.org\tnew@y.example\t1", await AskAsync(RolesAndDestinations));
        Assert.Equal("2", await AskAsync("SELECT alias_count FROM domains"));

        Done(await SetAsync(id, ["postmaster"], "newer@y.example"));
        Assert.Equal("abuse@example.org\tnew@y.example\t0\npostmaster@example.org\tnewer@y.example\t1", await AskAsync(RolesAndDestinations));
        Done(await SetAsync(id, [], null));
        Assert.Equal("0", await AskAsync("SELECT SUM(is_role) FROM aliases"));
    }

    [MariaDbFact]
    public async Task A_mailbox_of_that_name_takes_its_mail_itself_and_is_no_role_address()
    {
        var id = await DomainAsync("example.org", aliasLimit: 1);
        await MailboxAsync("abuse@example.org");
        var before = await TablesAsync();

        AssertRefused(await SetAsync(id, ["abuse", "postmaster"], "x@y.example"), "Roles:RoleIsTaken");
        AssertRefused(await SetAsync(id, ["webmaster", "postmaster"], "x@y.example"), ":AliasLimitReached");
        Assert.Equal(before, await TablesAsync());
        var ute = await DomainAdminAsync("ute", "example.org");
        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<SetRoleAddresses, Outcome<Saved>>(o => o.RunAsync(new() { DomainId = id, Roles = [] }, ute, default)));
    }

    [MariaDbFact]
    public async Task A_domain_admin_who_adds_a_domain_gets_those_of_the_template_and_no_others()
    {
        var template = Done(await RunAsync<SaveTemplate, Outcome<Saved>>(o => o.RunAsync(new() { Name = "Gold", Roles = ["abuse"], RoleDestination = "x@y.example" }, Superadmin, default))).Id;
        var empty = Done(await RunAsync<SaveTemplate, Outcome<Saved>>(o => o.RunAsync(new() { Name = "Later", Roles = ["abuse"] }, Superadmin, default))).Id;
        var ute = await DomainAdminAsync("ute");
        await AskAsync("UPDATE accounts SET domain_limit = 9");

        Done(await CreateAsync(new() { Name = "with.example", TemplateId = template, Roles = ["webmaster"], RoleDestination = "mallory@y.example" }, ute));
        Done(await CreateAsync(new() { Name = "without.example", Roles = ["webmaster"], RoleDestination = "mallory@y.example" }, ute));
        Done(await CreateAsync(new() { Name = "later.example", TemplateId = empty }, ute));
        AssertRefused(await CreateAsync(new() { Name = "absent.example", TemplateId = 999_999 }, ute), ":TemplateGone");

        Assert.Equal("abuse@with.example\tx@y.example\t1", await AskAsync(RolesAndDestinations));
    }

    /// <summary>Address and problem of each alias, as the job says it.</summary>
    private async Task<IEnumerable<string>> DeleteAllAsync(Actor actor)
    {
        var count = int.Parse(await AskAsync("SELECT COUNT(*) FROM aliases"), System.Globalization.CultureInfo.InvariantCulture);
        var input = new StartJob.Input { Kind = JobKind.Aliases, Action = JobAction.Delete, Count = count, Confirm = $"{count}" };
        var id = Done(await RunAsync<StartJob, Outcome<Saved>>(o => o.RunAsync(input, actor, default))).Id;
        await RunAsync<JobStep, bool>(async step =>
        {
            var fence = (await step.TakeAsync(id, default))!.Value;
            while (await step.RunAsync(id, fence, default)) { }
            return true;
        });
        return (await AskAsync($"SELECT CONCAT(subject, ' ', IFNULL(problem, '')) FROM job_results WHERE job_id = {id} ORDER BY subject")).Split('\n');
    }

    private Task<Outcome<Saved>> CreateAsync(CreateDomain.Input input, Actor actor) => RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(input, actor, default));

    private Task<Outcome<Saved>> SetAsync(long domainId, IReadOnlyList<string> roles, string? destination) =>
        RunAsync<SetRoleAddresses, Outcome<Saved>>(o => o.RunAsync(new() { DomainId = domainId, Roles = roles, RoleDestination = destination }, Superadmin, default));
}
