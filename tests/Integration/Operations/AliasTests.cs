using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class CreateAliasTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly CreateAlias.Input Info = new() { DomainName = "example.org", LocalPart = "info", Destinations = "x@y.example" };

    [MariaDbFact]
    public async Task Destinations_are_rows_each_once_in_normal_form()
    {
        await DomainAsync("example.org");

        Done(await CreateAsync(Info with { Destinations = "Bob@Example.ORG, eve@münchen.de;\r\n bob@example.org\n", Comment = "front desk" }));

        Assert.Equal("info@example.org\talias\t1", await AskAsync("SELECT address, kind, is_active FROM addresses"));
        Assert.Equal("bob@example.org\tbob\texample.org\neve@xn--mnchen-3ya.de\teve\txn--mnchen-3ya.de",
            await AskAsync("SELECT address, local_part, domain_name FROM destinations ORDER BY address"));
        Assert.Equal("alias\tfront desk\t1", await AskAsync("SELECT kind, comment, version FROM aliases"));
        Assert.Equal("0\t1", await AskAsync("SELECT mailbox_count, alias_count FROM domains"));
    }

    [MariaDbFact]
    public async Task A_catch_all_is_chosen_and_never_comes_from_a_forgotten_field()
    {
        await DomainAsync("example.org");

        AssertRefused(await CreateAsync(Info with { LocalPart = "" }), "LocalPart:LocalPartEmpty");
        AssertRefused(await CreateAsync(Info with { IsCatchAll = true }), "LocalPart:CatchAllHasNoLocalPart");
        Assert.Equal("@example.org", Done(await CreateAsync(Info with { LocalPart = null, IsCatchAll = true })).Name);
        AssertRefused(await CreateAsync(Info with { LocalPart = null, IsCatchAll = true }), "LocalPart:CatchAllExists");
        Assert.Equal("@example.org\tcatch_all", await AskAsync("SELECT address, kind FROM addresses"));
    }

    [MariaDbFact]
    public async Task An_extension_may_be_an_alias_of_its_own()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org");

        Assert.Equal("bob+news@example.org", Done(await CreateAsync(Info with { LocalPart = "bob+news" })).Name);
    }

    [MariaDbTheory]
    [InlineData("", "Destinations:DestinationsEmpty")]
    [InlineData(" ,; ", "Destinations:DestinationsEmpty")]
    [InlineData("bob", "Destinations:DestinationNoAt")]
    [InlineData("@y.example", "Destinations:DestinationEmpty")]
    [InlineData("bob@localhost", "Destinations:DestinationDomainSingleLabel")]
    [InlineData("müller@y.example", "Destinations:DestinationNotAscii")]
    [InlineData("info@example.org", "Destinations:DestinationIsItself")]
    [InlineData("x@y.example INFO@EXAMPLE.ORG", "Destinations:DestinationIsItself")]
    public async Task A_list_that_cannot_deliver_is_refused(string destinations, string problem)
    {
        await DomainAsync("example.org");

        AssertRefused(await CreateAsync(Info with { Destinations = destinations }), problem);
        Assert.Equal("0\t0", await AskAsync("SELECT alias_count, (SELECT COUNT(*) FROM addresses) FROM domains"));
    }

    [MariaDbFact]
    public async Task A_thousand_destinations_are_taken_and_one_more_is_not()
    {
        await DomainAsync("example.org");
        var thousand = string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"x{i}@y.example"));

        AssertRefused(await CreateAsync(Info with { Destinations = thousand + "\nlast@y.example" }), "Destinations:TooManyDestinations");
        Done(await CreateAsync(Info with { Destinations = thousand }));
        Assert.Equal("1000", await AskAsync("SELECT COUNT(*) FROM destinations"));
    }

    [MariaDbFact]
    public async Task A_local_part_outside_ascii_is_refused_because_no_mail_could_come()
    {
        await DomainAsync("example.org");

        AssertRefused(await CreateAsync(Info with { LocalPart = "müller" }), "LocalPart:LocalPartNotAscii");
    }

    [MariaDbFact]
    public async Task The_alias_limit_counts_the_catch_all_too()
    {
        await DomainAsync("example.org", aliasLimit: 1);
        await AliasAsync("@example.org", "x@y.example");

        AssertRefused(await CreateAsync(Info), ":AliasLimitReached");
        Assert.Equal("1", await AskAsync("SELECT alias_count FROM domains"));
    }

    [MariaDbFact]
    public async Task An_address_of_a_mailbox_is_refused()
    {
        await DomainAsync("example.org");
        await MailboxAsync("info@example.org");

        AssertRefused(await CreateAsync(Info), "LocalPart:AddressTakenByMailbox");
    }

    private Task<Outcome<Saved>> CreateAsync(CreateAlias.Input input) => RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));
}

public sealed class UpdateAliasTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task Destinations_are_replaced_and_the_version_goes_up()
    {
        await DomainAsync("example.org");
        var id = await AliasAsync("info@example.org", "old@y.example", "stays@y.example");

        Done(await UpdateAsync(new() { Id = id, Version = 1, Destinations = "stays@y.example new@y.example", IsActive = true }));

        Assert.Equal("new@y.example\nstays@y.example", await AskAsync("SELECT address FROM destinations ORDER BY address"));
        Assert.Equal("2", await AskAsync("SELECT version FROM aliases"));
        Assert.Equal(
            "{\"destinations\":[\"old@y.example\",\"stays@y.example\"],\"comment\":null,\"isActive\":true,\"activeFrom\":null,\"activeUntil\":null,\"isInternal\":false,\"membersMaySend\":false,\"isGroup\":false}\t"
            + "{\"destinations\":[\"new@y.example\",\"stays@y.example\"],\"comment\":null,\"isActive\":true,\"activeFrom\":null,\"activeUntil\":null,\"isInternal\":false,\"membersMaySend\":false,\"isGroup\":false}",
            await AskAsync("SELECT `before`, `after` FROM audit_entries"));
    }

    [MariaDbFact]
    public async Task An_older_version_changes_nothing()
    {
        await DomainAsync("example.org");
        var id = await AliasAsync("info@example.org", "old@y.example");
        Done(await UpdateAsync(new() { Id = id, Version = 1, Destinations = "first@y.example" }));

        Assert.Equal(2, Assert.IsType<Outcome<Saved>.Conflict>(await UpdateAsync(new() { Id = id, Version = 1, Destinations = "second@y.example" })).Version);
        Assert.Equal("first@y.example", await AskAsync("SELECT address FROM destinations"));
    }

    [MariaDbFact]
    public async Task A_catch_all_may_lead_to_an_address_of_its_own_domain()
    {
        await DomainAsync("example.org");
        var id = await AliasAsync("@example.org", "old@y.example");

        Done(await UpdateAsync(new() { Id = id, Version = 1, Destinations = "bob@example.org" }));
    }

    private Task<Outcome<Saved>> UpdateAsync(UpdateAlias.Input input, Actor? actor = null) =>
        RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(input, actor ?? Superadmin, default));
}

public sealed class DeleteAliasTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task The_alias_goes_with_its_destinations_and_its_place_is_free()
    {
        await DomainAsync("example.org");
        var id = await AliasAsync("info@example.org", "x@y.example");
        await AliasAsync("front@example.org", "info@example.org");
        await AliasAsync("@example.org", "x@y.example");

        var plan = (await PlanAsync(id))!;
        var outcome = await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan.Fingerprint() }, Superadmin, default));

        Assert.Equal(1, plan.Forwarders.DeadCount);
        Assert.Equal(["x@y.example"], Done(outcome).Destinations);
        Assert.Equal("@example.org\nfront@example.org", await AskAsync("SELECT address FROM addresses WHERE kind <> 'recycled' ORDER BY address"));
        Assert.Equal("2", await AskAsync("SELECT alias_count FROM domains"));
    }

    [MariaDbFact]
    public async Task A_plan_that_is_no_longer_true_is_not_executed()
    {
        await DomainAsync("example.org");
        var id = await AliasAsync("info@example.org", "x@y.example");
        var plan = (await PlanAsync(id))!.Fingerprint();
        await AliasAsync("front@example.org", "info@example.org");

        AssertRefused(await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan }, Superadmin, default)), ":PlanChanged");
        Assert.Equal("2", await AskAsync("SELECT alias_count FROM domains"));
    }

    private Task<AliasDeletion?> PlanAsync(long id) => RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync(id, Superadmin, default));
}
