using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A group has no destinations of its own, and never more members than Postfix makes of one address.</summary>
public sealed class GroupTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_group_is_stored_without_destinations_and_counts_the_active_mailboxes()
    {
        await FillAsync();

        Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true, IsInternal = true }));

        var group = await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync("everyone@example.org", Superadmin, default));
        // ann alone, and two for each of bob's destinations; off is inactive.
        Assert.Equal((2, 5, true, true), (group!.Group!.Members, group.Group.Addresses, group.Group.Fits, group.IsInternal));
        Assert.Equal("1\t1\t0", await AskAsync("SELECT is_group, is_internal, (SELECT COUNT(*) FROM destinations d WHERE d.address_id = a.id) FROM addresses a WHERE address LIKE 'everyone%'"));
    }

    [MariaDbFact]
    public async Task What_a_group_cannot_have_is_refused()
    {
        await FillAsync();

        AssertRefused(await CreateAsync(new() { LocalPart = "g", IsGroup = true, Destinations = "ann@example.org" }), "Destinations:GroupHasNoDestinations");
        AssertRefused(await CreateAsync(new() { IsCatchAll = true, IsGroup = true }), "IsCatchAll:CatchAllIsNoGroup");
        AssertRefused(await CreateAsync(new() { LocalPart = "g", IsGroup = true, MembersMaySend = true }), "MembersMaySend:GroupMembersMayNotSend");
        AssertRefused(await CreateAsync(new() { LocalPart = "g" }), "Destinations:DestinationsEmpty");
    }

    [MariaDbFact]
    public async Task A_group_of_more_than_a_thousand_addresses_is_refused_and_one_that_grew_is_reported()
    {
        await FillAsync();
        await SeedAsync(995);
        Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true }));
        AssertRefused(await CreateAsync(new() { LocalPart = "more", Destinations = "everyone@example.org x@elsewhere.example" }), "Destinations:ExpandsTooFar");

        await MailboxAsync("one-more@example.org");

        AssertRefused(await CreateAsync(new() { LocalPart = "again", IsGroup = true }), ":GroupTooLarge");
        var findings = await CheckAsync();
        Assert.Equal((AliasFault.Refused, "everyone@example.org", AliasCause.GroupTooLarge), (findings[0].Fault, findings[0].Address, findings[0].Cause));
    }

    [MariaDbFact]
    public async Task A_change_of_a_group_keeps_it_one()
    {
        await FillAsync();
        var id = Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true })).Id;

        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, Destinations = "ann@example.org" }), "Destinations:GroupHasNoDestinations");
        Done(await UpdateAsync(new() { Id = id, Version = 1, Comment = "all of us", IsInternal = true }));
        Assert.Equal("1\t1", await AskAsync("SELECT is_group, is_internal FROM addresses WHERE address LIKE 'everyone%'"));
    }

    [MariaDbFact]
    public async Task A_group_near_the_limit_is_told_before_its_mail_is_refused()
    {
        await FillAsync();
        await SeedAsync(894);
        Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true }));
        Assert.DoesNotContain(await CheckAsync(), f => f.Address == "everyone@example.org");

        await MailboxAsync("one-more@example.org");

        var finding = Assert.Single(await CheckAsync(), f => f.Address == "everyone@example.org");
        Assert.Equal((AliasFault.NearLimit, 900, false), (finding.Fault, finding.Count, finding.IsFault));
        var group = await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync("everyone@example.org", Superadmin, default));
        Assert.True(group!.Group!.IsNearLimit);
    }

    /// <summary>Postfix counts the other destinations of an alias, too: the group is left out, and the others get the mail.</summary>
    [MariaDbFact]
    public async Task A_group_that_is_too_large_for_an_alias_is_reported_as_left_out()
    {
        await FillAsync();
        await SeedAsync(994);
        Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true }));
        Done(await CreateAsync(new() { LocalPart = "more", Destinations = "everyone@example.org x@elsewhere.example" }));

        await MailboxAsync("one-more@example.org");

        var finding = Assert.Single(await CheckAsync(), f => f.Address == "more@example.org");
        Assert.Equal((AliasFault.LeftOut, AliasCause.GroupTooLarge), (finding.Fault, finding.Cause));
    }

    [MariaDbFact]
    public async Task Whoever_adds_a_mailbox_is_told_what_it_does_to_the_groups_of_its_domain()
    {
        await FillAsync();
        await SeedAsync(995);
        var domain = long.Parse(await AskAsync("SELECT id FROM domains"), CultureInfo.InvariantCulture);
        Assert.Null(await RunAsync<AliasRows, GroupSize?>(r => r.GroupsAsync(domain, default)));

        Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true }));

        var groups = (await RunAsync<AliasRows, GroupSize?>(r => r.GroupsAsync(domain, default)))!;
        Assert.Equal((1000, true, true), (groups.Addresses, groups.IsNearLimit, groups.IsFull));
    }

    [MariaDbFact]
    public async Task A_group_that_was_deleted_comes_back_as_one()
    {
        await FillAsync();
        Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true, IsInternal = true, Comment = "all of us" }));
        var before = await RowAsync();
        var plan = (await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync("everyone@example.org", Superadmin, default)))!;
        Assert.Equal(2, plan.Members);

        Done(await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = plan.Id, Plan = plan.Fingerprint() }, Superadmin, default)));
        Assert.Equal("recycled\t0", await AskAsync("SELECT kind, is_active FROM addresses WHERE address = 'everyone@example.org'"));
        var item = long.Parse(await AskAsync("SELECT id FROM recycled_items"), CultureInfo.InvariantCulture);
        // Whoever releases the address puts its row away, too.
        Done(await RunAsync<ReleaseAddress, Outcome<Saved>>(o => o.RunAsync(new() { Id = item }, Superadmin, default)));
        Done(await RunAsync<RestoreItem, Outcome<Saved>>(o => o.RunAsync(new() { Id = item }, Superadmin, default)));

        Assert.Equal(before, await RowAsync());

        Task<string> RowAsync() => AskAsync("SELECT a.id, a.address, a.kind, a.is_active, a.is_group, a.is_internal, l.id, l.comment FROM addresses a JOIN aliases l ON l.address_id = a.id");
    }

    [MariaDbFact]
    public async Task A_mailbox_names_the_groups_it_is_in()
    {
        await FillAsync();
        Done(await CreateAsync(new() { LocalPart = "everyone", IsGroup = true }));

        var ann = await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse("ann@example.org"), Superadmin, default));
        var everyone = await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync("everyone@example.org", Superadmin, default));

        Assert.Equal(["everyone@example.org"], ann!.ForwardedFrom.Select(f => f.Address));
        Assert.Empty(everyone!.ForwardedFrom);
    }

    private async Task<IReadOnlyList<AliasFinding>> CheckAsync() => (await RunAsync<AliasCheck, IReadOnlyList<AliasFinding>?>(c => c.FindAsync(null, Superadmin, default)))!;

    private Task<Outcome<Saved>> CreateAsync(CreateAlias.Input input) =>
        RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(input with { DomainName = "example.org" }, Superadmin, default));

    private Task<Outcome<Saved>> UpdateAsync(UpdateAlias.Input input) => RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private async Task FillAsync()
    {
        await DomainAsync("example.org");
        await MailboxAsync("ann@example.org");
        await MailboxAsync("bob@example.org", null, true, "b@elsewhere.example", "c@elsewhere.example");
        await MailboxAsync("off@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'");
    }

    private Task<string> SeedAsync(int mailboxes) => AskAsync($"""
        INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('m', seq, '@example.org'), d.id, 'mailbox', 1 FROM seq_1_to_{mailboxes}, domains d;
        INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
        SELECT id, kind, 'x', UTC_TIMESTAMP(6), address, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE address LIKE 'm%';
        """);
}
