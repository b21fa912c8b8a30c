using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class CreateDomainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_domain_is_kept_as_A_labels_with_its_limits()
    {
        var saved = Done(await CreateAsync(new()
        {
            Name = "München.de", Description = " Stadt ", MailboxLimit = "50", AliasLimit = "0", QuotaLimit = "500 GB", DefaultQuota = "5G",
        }));

        Assert.Equal("xn--mnchen-3ya.de", saved.Name);
        Assert.Equal("xn--mnchen-3ya.de\thosted\tStadt\t50\t0\t536870912000\t5368709120\t1",
            await AskAsync("SELECT name, kind, description, mailbox_limit, alias_limit, quota_limit, default_quota, is_active FROM domains"));
    }

    [MariaDbFact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var outcome = await CreateAsync(new() { Name = "localhost", MailboxLimit = "many", AliasLimit = "-1", QuotaLimit = "1G", DefaultQuota = "2G" });

        AssertRefused(outcome, "Name:DomainSingleLabel", "MailboxLimit:NumberUnreadable", "AliasLimit:NumberUnreadable", "DefaultQuota:DefaultQuotaAboveLimit");
    }

    [MariaDbFact]
    public async Task A_name_has_one_meaning_as_hosted_or_alias_domain()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");

        AssertRefused(await CreateAsync(new() { Name = "EXAMPLE.org" }), "Name:DomainTaken");
        AssertRefused(await CreateAsync(new() { Name = "alias.example" }), "Name:DomainTaken");
    }

    [MariaDbFact]
    public async Task Of_two_superadmins_who_add_one_domain_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CreateAsync(new() { Name = "example.org" }))));

        Assert.Single(outcomes.OfType<Outcome<Saved>.Done>());
        Assert.All(outcomes.OfType<Outcome<Saved>.Refused>(), o => Assert.Contains(o.Problems.Single().Code, new[] { "DomainTaken", "DomainTakenJustNow" }));
        Assert.Equal("1\t1", await AskAsync("SELECT (SELECT COUNT(*) FROM domains), (SELECT COUNT(*) FROM audit_entries)"));
    }

    private Task<Outcome<Saved>> CreateAsync(CreateDomain.Input input) => RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));
}

public sealed class UpdateDomainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task An_empty_limit_is_none_and_the_version_goes_up()
    {
        var id = await DomainAsync("example.org", mailboxLimit: 3);

        Done(await UpdateAsync(new() { Id = id, Version = 1, Description = "ours", IsActive = false }));

        Assert.Equal("ours\tNULL\t0\t2", await AskAsync("SELECT description, mailbox_limit, is_active, version FROM domains"));
    }

    [MariaDbFact]
    public async Task Limits_below_what_is_there_are_refused_with_the_number()
    {
        var id = await DomainAsync("example.org");
        await MailboxAsync("bob@example.org", quota: 2L << 30);
        await MailboxAsync("eve@example.org", quota: 2L << 30);
        await AliasAsync("info@example.org", "bob@example.org");

        var outcome = await UpdateAsync(new() { Id = id, Version = 1, MailboxLimit = "1", AliasLimit = "0", QuotaLimit = "3G" });

        // A mailbox added through the tracked row counts as a change of it: the domain is at version 4.
        Assert.IsType<Outcome<Saved>.Conflict>(outcome);
        var version = long.Parse(await AskAsync("SELECT version FROM domains"), System.Globalization.CultureInfo.InvariantCulture);
        AssertRefused(
            await UpdateAsync(new() { Id = id, Version = version, MailboxLimit = "1", AliasLimit = "0", QuotaLimit = "3G" }),
            "MailboxLimit:MailboxLimitBelowCount", "AliasLimit:AliasLimitBelowCount", "QuotaLimit:QuotaLimitBelowAllocated");
    }

    [MariaDbFact]
    public async Task A_quota_limit_over_a_mailbox_without_quota_is_refused_and_names_it()
    {
        var id = await DomainAsync("example.org");
        await MailboxAsync("bob@example.org");
        var version = long.Parse(await AskAsync("SELECT version FROM domains"), System.Globalization.CultureInfo.InvariantCulture);

        var outcome = await UpdateAsync(new() { Id = id, Version = version, QuotaLimit = "10G" });

        var problem = Assert.Single(Assert.IsType<Outcome<Saved>.Refused>(outcome).Problems);
        Assert.Equal(("QuotaLimitNeedsQuotas", "bob@example.org"), (problem.Code, problem.Args.Single()));
    }

    [MariaDbFact]
    public async Task Somebody_who_adds_a_mailbox_does_not_spoil_an_open_form()
    {
        var id = await DomainAsync("example.org");
        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "bob", Password = Password }, Superadmin, default)));

        Done(await UpdateAsync(new() { Id = id, Version = 1, Description = "ours" }));

        Assert.Equal("1\tours", await AskAsync("SELECT mailbox_count, description FROM domains"));
    }

    private Task<Outcome<Saved>> UpdateAsync(UpdateDomain.Input input) => RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));
}

public sealed class DeleteDomainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task The_plan_counts_everything_and_names_the_first()
    {
        var id = await FullDomainAsync();

        var plan = (await PlanAsync(id))!;

        Assert.Equal(("example.org", 22, 2, 1), (plan.Name, plan.MailboxCount, plan.AliasCount, plan.ForwardCount));
        Assert.Equal(20, plan.Mailboxes.Count);
        Assert.Equal("box01@example.org", plan.Mailboxes[0]);
        Assert.Equal(["@example.org", "info@example.org"], plan.Aliases);
        Assert.Equal(["alias.example"], plan.AliasDomains);
        Assert.Equal(["ute"], plan.Admins);
        Assert.Equal(["far@foreign.example"], plan.Forwards);
    }

    [MariaDbFact]
    public async Task Everything_in_the_domain_goes_and_nothing_else()
    {
        var id = await FullDomainAsync();
        var plan = (await PlanAsync(id))!;

        Done(await DeleteAsync(new() { Id = id, ConfirmName = "Example.org", Plan = plan.Fingerprint() }));

        Assert.Equal("foreign.example", await AskAsync("SELECT name FROM domains WHERE kind <> 'recycled'"));
        Assert.Equal("far@foreign.example", await AskAsync("SELECT address FROM addresses WHERE kind <> 'recycled'"));
        Assert.Equal("0\t1\t1\t0\t1", await AskAsync(
            "SELECT (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM aliases), (SELECT COUNT(*) FROM destinations), (SELECT COUNT(*) FROM domain_admins), (SELECT COUNT(*) FROM accounts)"));
    }

    [MariaDbFact]
    public async Task Without_its_name_typed_the_domain_stays()
    {
        var id = await FullDomainAsync();
        var plan = (await PlanAsync(id))!.Fingerprint();
        var before = await TablesAsync();

        AssertRefused(await DeleteAsync(new() { Id = id, ConfirmName = "exampel.org", Plan = plan }), "ConfirmName:ConfirmNameDiffers");
        AssertRefused(await DeleteAsync(new() { Id = id, Plan = plan }), "ConfirmName:ConfirmNameDiffers");
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task A_delete_and_an_add_in_between_are_a_change_of_the_plan()
    {
        var id = await FullDomainAsync();
        var plan = (await PlanAsync(id))!.Fingerprint();
        await Database.Server.ExecuteAsync("DELETE FROM addresses WHERE address = 'box22@example.org'; UPDATE domains SET mailbox_count = 21 WHERE name = 'example.org'", Database.Name);
        await MailboxAsync("box99@example.org");

        AssertRefused(await DeleteAsync(new() { Id = id, ConfirmName = "example.org", Plan = plan }), ":PlanChanged");
    }

    private async Task<long> FullDomainAsync()
    {
        var id = await DomainAsync("example.org");
        await DomainAsync("foreign.example");
        await AliasDomainAsync("alias.example", "example.org");
        for (var i = 1; i <= 22; i++) await MailboxAsync($"box{i:D2}@example.org");
        await AliasAsync("info@example.org", "box01@example.org");
        await AliasAsync("@example.org", "box01@example.org");
        await AliasAsync("far@foreign.example", "box01@example.org");
        await DomainAdminAsync("ute", "example.org");
        return id;
    }

    private Task<DomainDeletion?> PlanAsync(long id) => RunAsync<DeleteDomain, DomainDeletion?>(o => o.PlanAsync(id, Superadmin, default));

    private Task<Outcome<DomainDeletion>> DeleteAsync(DeleteDomain.Input input) =>
        RunAsync<DeleteDomain, Outcome<DomainDeletion>>(o => o.RunAsync(input, Superadmin, default));
}

public sealed class AliasDomainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task An_alias_domain_stands_for_a_hosted_domain()
    {
        var id = await DomainAsync("example.org");

        Done(await CreateAsync(new() { Name = "alias.example", TargetName = "Example.ORG" }));

        Assert.Equal($"alias\t{id}\thosted\t1", await AskAsync("SELECT kind, target_id, target_kind, is_active FROM domains WHERE name = 'alias.example'"));
    }

    [MariaDbFact]
    public async Task A_chain_an_unknown_target_and_a_taken_name_are_refused()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");

        AssertRefused(await CreateAsync(new() { Name = "other.example", TargetName = "alias.example" }), "TargetName:TargetIsAliasDomain");
        AssertRefused(await CreateAsync(new() { Name = "other.example", TargetName = "unknown.example" }), "TargetName:DomainUnknown");
        AssertRefused(await CreateAsync(new() { Name = "example.org", TargetName = "example.org" }), "Name:DomainTaken");
    }

    [MariaDbFact]
    public async Task Deleting_an_alias_domain_leaves_its_target()
    {
        await DomainAsync("example.org");
        var id = await AliasDomainAsync("alias.example", "example.org");
        await MailboxAsync("bob@example.org");

        Done(await RunAsync<DeleteAliasDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default)));

        Assert.Equal("example.org\t1", await AskAsync("SELECT name, (SELECT COUNT(*) FROM mailboxes) FROM domains"));
    }

    [MariaDbFact]
    public async Task A_hosted_domain_is_no_alias_domain_to_these_operations()
    {
        var id = await DomainAsync("example.org");

        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<DeleteAliasDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default)));
        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<SetDomainActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Kind = DomainKind.Alias }, Superadmin, default)));
        Assert.Equal("1", await AskAsync("SELECT is_active FROM domains"));
    }

    private Task<Outcome<Saved>> CreateAsync(CreateAliasDomain.Input input) => RunAsync<CreateAliasDomain, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));
}
