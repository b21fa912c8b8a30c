using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class RelayDomainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbTheory]
    [InlineData(null, "mx\tNULL\tNULL")]
    [InlineData(" ", "mx\tNULL\tNULL")]
    [InlineData("MX.Example.NET", "smtp\tmx.example.net\t25")]
    [InlineData("mx.example.net:2525", "smtp\tmx.example.net\t2525")]
    [InlineData("[192.0.2.1]:26", "smtp\t192.0.2.1\t26")]
    [InlineData("2001:db8::1", "smtp\t2001:db8::1\t25")]
    public async Task A_next_hop_makes_the_transport(string? hop, string stored)
    {
        Done(await CreateAsync(new() { Name = "relay.example", NextHop = hop }));

        Assert.Equal($"relay\t{stored}", await AskAsync("SELECT kind, transport, transport_host, transport_port FROM domains"));
    }

    [MariaDbFact]
    public async Task Wrong_values_are_refused_all_at_once()
    {
        await DomainAsync("example.org");

        AssertRefused(await CreateAsync(new() { Name = "Example.ORG", NextHop = "mx.example.net; rm", RecipientLimit = "-1" }), "NextHop:NextHopUnreadable", "RecipientLimit:NumberUnreadable", "Name:DomainTaken");
        AssertRefused(await CreateAsync(new() { Name = "relay" }), "Name:DomainSingleLabel");
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM domains"));
    }

    [MariaDbFact]
    public async Task Only_a_superadmin_makes_moves_or_deletes_one_and_its_admin_keeps_the_list()
    {
        var id = Done(await CreateAsync(new() { Name = "relay.example" })).Id;
        var admin = await DomainAdminAsync("ute", "relay.example");
        var stranger = await DomainAdminAsync("eve");

        Assert.IsType<Outcome<Saved>.NotFound>(await CreateAsync(new() { Name = "other.example" }, admin));
        Assert.IsType<Outcome<Saved>.NotFound>(await UpdateAsync(new() { Id = id, Version = 1, NextHop = "192.0.2.66" }, admin));
        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<SetDomainActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Kind = DomainKind.Relay }, admin, default)));
        Assert.Null(await RunAsync<DeleteRelayDomain, RelayDomainDeletion?>(o => o.PlanAsync(id, admin, default)));
        Assert.IsType<Outcome<RelayDomainDeletion>.NotFound>(await RunAsync<DeleteRelayDomain, Outcome<RelayDomainDeletion>>(o => o.RunAsync(new() { Id = id }, admin, default)));
        Assert.IsType<Outcome<RecipientChange>.NotFound>(await AddAsync(id, "ann", stranger));
        Assert.IsType<Outcome<RecipientChange>.NotFound>(await RemoveAsync(id, "ann", stranger));
        Assert.Null(await RunAsync<RelayDomainRows, RelayDomainRow?>(r => r.FindAsync(DomainName.Parse("relay.example"), stranger, default)));
        Assert.Null(await RunAsync<RelayDomainRows, RowPage<RelayRecipientRow>?>(r => r.RecipientsAsync(DomainName.Parse("relay.example"), new(), stranger, default)));

        Assert.Equal(1, Done(await AddAsync(id, "ann", admin)).Changed);
        Assert.Equal("relay.example", Assert.Single((await RunAsync<RelayDomainRows, RowPage<RelayDomainRow>>(r => r.PageAsync(new(), admin, default))).Rows).Name.Value);
    }

    [MariaDbFact]
    public async Task Recipients_are_pasted_many_at_a_time_and_each_is_there_once()
    {
        var id = Done(await CreateAsync(new() { Name = "relay.example" })).Id;

        Assert.Equal(new RecipientChange("relay.example", 3, 0), Done(await AddAsync(id, "ann\r\nBob@Relay.Example; o'connor,ann")));
        Assert.Equal(new RecipientChange("relay.example", 1, 2), Done(await AddAsync(id, "ann bob carl")));

        Assert.Equal("ann@relay.example\nbob@relay.example\ncarl@relay.example\no'connor@relay.example", await AskAsync("SELECT address FROM addresses WHERE kind = 'relay_recipient' ORDER BY address"));
        Assert.Equal("4", await AskAsync("SELECT mailbox_count FROM domains"));
        Assert.Equal(new RecipientChange("relay.example", 2, 1), Done(await RemoveAsync(id, "ann@relay.example bob nobody")));
        Assert.Equal("2", await AskAsync("SELECT mailbox_count FROM domains"));
        Assert.Equal("{\"recipients\":[\"ann@relay.example\",\"bob@relay.example\"]}", await AskAsync("SELECT `before` FROM audit_entries ORDER BY id DESC LIMIT 1"));
    }

    [MariaDbTheory]
    [InlineData("", "Recipients:RecipientsEmpty")]
    [InlineData("ann@other.example", "Recipients:RecipientElsewhere")]
    [InlineData("ann@sub.relay.example", "Recipients:RecipientElsewhere")]
    [InlineData("@relay.example", "Recipients:DestinationEmpty")]
    [InlineData("müller", "Recipients:DestinationNotAscii")]
    [InlineData("ann alias", "Recipients:AddressTakenByAlias")]
    public async Task A_list_with_a_wrong_entry_adds_nobody(string recipients, string problem)
    {
        var id = Done(await CreateAsync(new() { Name = "relay.example" })).Id;
        await AliasAsync("alias@relay.example", "x@y.example");

        AssertRefused(await AddAsync(id, recipients), problem);
        Assert.Equal("0\t0", await AskAsync("SELECT mailbox_count, (SELECT COUNT(*) FROM addresses WHERE kind = 'relay_recipient') FROM domains"));
    }

    [MariaDbFact]
    public async Task A_limit_holds_for_the_whole_list()
    {
        var id = Done(await CreateAsync(new() { Name = "relay.example", RecipientLimit = "2" })).Id;

        AssertRefused(await AddAsync(id, "ann bob carl"), "Recipients:RecipientLimitReached");
        Done(await AddAsync(id, "ann bob"));
        Done(await AddAsync(id, "bob"));
        AssertRefused(await AddAsync(id, "carl"), "Recipients:RecipientLimitReached");
        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, RecipientLimit = "1" }), "RecipientLimit:RecipientLimitBelowCount");
    }

    [MariaDbFact]
    public async Task Ten_thousand_recipients_are_added_at_once_and_one_more_is_not()
    {
        var id = Done(await CreateAsync(new() { Name = "relay.example" })).Id;
        var many = string.Join('\n', Enumerable.Range(0, 10_000).Select(n => $"r{n}"));

        AssertRefused(await AddAsync(id, many + "\nlast"), "Recipients:TooManyRecipients");
        Assert.Equal(10_000, Done(await AddAsync(id, many)).Changed);
    }

    [MariaDbFact]
    public async Task An_older_version_changes_nothing()
    {
        var id = Done(await CreateAsync(new() { Name = "relay.example" })).Id;
        Done(await UpdateAsync(new() { Id = id, Version = 1, NextHop = "192.0.2.1" }));

        Assert.Equal(2, Assert.IsType<Outcome<Saved>.Conflict>(await UpdateAsync(new() { Id = id, Version = 1, NextHop = "192.0.2.2" })).Version);
        Assert.Equal("192.0.2.1", await AskAsync("SELECT transport_host FROM domains"));
    }

    [MariaDbFact]
    public async Task Deleting_runs_the_plan_that_was_read_and_no_other()
    {
        await DomainAsync("example.org");
        var id = Done(await CreateAsync(new() { Name = "relay.example" })).Id;
        Done(await AddAsync(id, "ann"));
        await AliasAsync("fan@example.org", "ann@relay.example", "bob@relay.example");
        var plan = (await RunAsync<DeleteRelayDomain, RelayDomainDeletion?>(o => o.PlanAsync(id, Superadmin, default)))!;
        Assert.Equal((1, 1, "fan@example.org"), (plan.RecipientCount, plan.ForwardCount, Assert.Single(plan.Forwards)));

        Done(await AddAsync(id, "bob"));
        AssertRefused(await RunAsync<DeleteRelayDomain, Outcome<RelayDomainDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan.Fingerprint() }, Superadmin, default)), ":PlanChanged");
        plan = (await RunAsync<DeleteRelayDomain, RelayDomainDeletion?>(o => o.PlanAsync(id, Superadmin, default)))!;
        Done(await RunAsync<DeleteRelayDomain, Outcome<RelayDomainDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan.Fingerprint() }, Superadmin, default)));

        Assert.Equal("example.org", await AskAsync("SELECT name FROM domains"));
        Assert.Equal("fan@example.org", await AskAsync("SELECT address FROM addresses"));
    }

    private Task<Outcome<Saved>> CreateAsync(CreateRelayDomain.Input input, Actor? actor = null) =>
        RunAsync<CreateRelayDomain, Outcome<Saved>>(o => o.RunAsync(input, actor ?? Superadmin, default));

    private Task<Outcome<Saved>> UpdateAsync(UpdateRelayDomain.Input input, Actor? actor = null) =>
        RunAsync<UpdateRelayDomain, Outcome<Saved>>(o => o.RunAsync(input, actor ?? Superadmin, default));

    private Task<Outcome<RecipientChange>> AddAsync(long id, string recipients, Actor? actor = null) =>
        RunAsync<AddRelayRecipients, Outcome<RecipientChange>>(o => o.RunAsync(new() { DomainId = id, Recipients = recipients }, actor ?? Superadmin, default));

    private Task<Outcome<RecipientChange>> RemoveAsync(long id, string recipients, Actor? actor = null) =>
        RunAsync<RemoveRelayRecipients, Outcome<RecipientChange>>(o => o.RunAsync(new() { DomainId = id, Recipients = recipients }, actor ?? Superadmin, default));
}
