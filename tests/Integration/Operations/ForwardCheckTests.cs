using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// Everything that changes where mail goes asks whether it comes to an end, one change at a time; what the answer tells
/// is the actor's to know, and what it costs does not grow with what somebody else has made.
/// </summary>
public sealed class ForwardCheckTests(OperationsDatabase database) : OperationsTest(database)
{
    /// <summary>Both have written their half, and neither sees the other's, when the lock lets the first one look.</summary>
    [MariaDbFact]
    public async Task Of_two_that_make_half_of_a_circle_each_at_once_one_is_refused()
    {
        await DomainAsync("a.example");
        await DomainAsync("b.example");
        var (a, b) = (await AliasAsync("x@a.example", "end@elsewhere.example"), await AliasAsync("x@b.example", "end@elsewhere.example"));
        await AskAsync("INSERT IGNORE INTO settings (`key`, value, updated_at) VALUES ('lock.forwards', '', UTC_TIMESTAMP(6))");
        await using var other = new MariaDbConnection(Database.ConnectionString);
        await other.OpenAsync();
        await using var held = await other.BeginTransactionAsync();
        await using var hold = other.CreateCommand();
        (hold.Transaction, hold.CommandText) = (held, "SELECT value FROM settings WHERE `key` = 'lock.forwards' FOR UPDATE");
        await hold.ExecuteScalarAsync();

        Task<Outcome<Saved>>[] saves = [UpdateAsync(a, "x@b.example"), UpdateAsync(b, "x@a.example")];
        await WaitForAsync("2", $"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = '{Database.Name}' AND INFO LIKE 'INSERT INTO settings%'");
        await held.RollbackAsync();

        var outcomes = await Task.WhenAll(saves);
        Assert.Single(outcomes.OfType<Outcome<Saved>.Done>());
        AssertRefused(Assert.Single(outcomes, o => o is not Outcome<Saved>.Done), "Destinations:AliasLoop");
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM destinations WHERE domain_name = 'elsewhere.example'"));
    }

    [MariaDbFact]
    public async Task A_refusal_shows_the_way_as_far_as_it_is_the_actors_and_counts_nothing_beyond()
    {
        await DomainAsync("own.example");
        await DomainAsync("theirs.example");
        await AliasAsync("list@theirs.example", "hidden@theirs.example");
        await AliasAsync("hidden@theirs.example", "in@own.example");
        await AliasAsync("many@theirs.example", [.. Enumerable.Range(0, 1000).Select(n => $"m{n}@elsewhere.example")]);
        var ute = await DomainAdminAsync("ute", "own.example");

        var circle = Problem(await CreateAsync("in@own.example", "list@theirs.example", ute));
        var many = Problem(await CreateAsync("in@own.example", "many@theirs.example one@elsewhere.example", ute));

        Assert.Equal(("AliasLoop", "in@own.example → list@theirs.example → …"), (circle.Code, circle.Args.Single()));
        Assert.Equal(("ExpandsTooFar", 1000), (many.Code, many.Args.Single()));
    }

    [MariaDbFact]
    public async Task A_group_is_followed_to_its_members_when_it_is_made_and_when_it_comes_back()
    {
        await DomainAsync("example.org");
        await MailboxAsync("ann@example.org", null, false, "everyone@example.org");
        AssertRefused(await CreateGroupAsync("example.org"), ":AliasLoop");

        await AskAsync("DELETE FROM destinations");
        var id = Done(await CreateGroupAsync("example.org")).Id;
        var plan = (await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync(id, Superadmin, default)))!;
        Done(await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan.Fingerprint() }, Superadmin, default)));
        var ann = long.Parse(await AskAsync("SELECT id FROM mailboxes"), CultureInfo.InvariantCulture);
        Done(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = ann, Version = 1, Forwards = "everyone@example.org", KeepsCopy = false }, Superadmin, default)));
        var item = long.Parse(await AskAsync("SELECT id FROM recycled_items"), CultureInfo.InvariantCulture);

        AssertRefused(await RunAsync<RestoreItem, Outcome<Saved>>(o => o.RunAsync(new() { Id = item }, Superadmin, default)), ":AliasLoop");
        Assert.Equal("recycled", await AskAsync("SELECT kind FROM addresses WHERE address = 'everyone@example.org'"));
    }

    /// <summary>Nobody looks for circles when it is activated.</summary>
    [MariaDbFact]
    public async Task A_mailbox_that_is_inactive_and_forwards_is_in_the_group_already()
    {
        await DomainAsync("example.org");
        Done(await CreateGroupAsync("example.org"));

        AssertRefused(
            await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
                new() { DomainName = "example.org", LocalPart = "ann", Password = Password, IsActive = false, Forwards = "everyone@example.org", KeepsCopy = false }, Superadmin, default)),
            "Forwards:AliasLoop");
    }

    [MariaDbFact]
    public async Task Two_groups_that_are_too_large_together_are_refused_in_one_alias()
    {
        foreach (var domain in new[] { "one.example", "two.example" })
        {
            await DomainAsync(domain);
            await SeedAsync(domain, 501);
            Done(await CreateGroupAsync(domain));
        }

        AssertRefused(await CreateAsync("all@one.example", "everyone@one.example everyone@two.example", Superadmin), "Destinations:ExpandsTooFar");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address IN ('m1@one.example', 'm2@one.example')");
        Done(await CreateAsync("all@one.example", "everyone@one.example everyone@two.example", Superadmin));
    }

    [MariaDbFact]
    public async Task Role_addresses_alias_domains_and_renamed_mailboxes_make_no_circle_either()
    {
        var id = await DomainAsync("example.org");
        await AliasAsync("list@example.org", "abuse@example.org");
        await AliasAsync("out@example.org", "out@also.example");
        await AliasAsync("@example.org", "team@example.org");
        await AliasAsync("team@example.org", "bob@example.org");
        var bob = await MailboxAsync("bob@example.org");
        var before = await TablesAsync();

        AssertRefused(
            await RunAsync<SetRoleAddresses, Outcome<Saved>>(o => o.RunAsync(new() { DomainId = id, Roles = ["abuse"], RoleDestination = "list@example.org" }, Superadmin, default)),
            "RoleDestination:AliasLoop");
        AssertRefused(
            await RunAsync<CreateAliasDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "also.example", TargetName = "example.org" }, Superadmin, default)), "Name:AliasLoop");
        // Nobody would own the old address, so that the catch-all had its mail, which leads to it.
        AssertRefused(
            await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(
                new() { Id = bob, NewAddress = "robert@example.org", KeepsOldAddress = false, MovesDestinations = false }, Superadmin, default)),
            "NewAddress:AliasLoop");
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task A_line_of_an_import_that_leads_into_a_circle_is_refused_before_it_is_started()
    {
        await DomainAsync("example.org");
        await AliasAsync("p@example.org", "q@example.org");
        await AliasAsync("q@example.org", "p@example.org");

        var lines = await RunAsync<ImportPlanner, IReadOnlyList<PlannedLine>>(p => p.PlanAsync(
            [new ImportLine(2, "ann@example.org", Forwards: "p@example.org"), new ImportLine(3, "bob@example.org", Forwards: "ann@example.org")], Superadmin, default));

        Assert.Equal(["AliasLoop", ""], lines.Select(l => l.Problems is [var problem, ..] ? problem.Code : ""));
    }

    [MariaDbFact]
    public async Task A_change_that_leads_no_further_is_taken_although_a_circle_is_there()
    {
        await DomainAsync("example.org");
        var p = await AliasAsync("p@example.org", "q@example.org", "x@elsewhere.example");
        await AliasAsync("q@example.org", "p@example.org");

        Done(await UpdateAsync(p, "x@elsewhere.example q@example.org", comment: "looked into"));
        AssertRefused(await UpdateAsync(p, "x@elsewhere.example q@example.org y@elsewhere.example", version: 2), "Destinations:AliasLoop");
        Done(await UpdateAsync(p, "x@elsewhere.example", version: 2));
    }

    [MariaDbFact]
    public async Task A_way_of_more_than_a_hundred_addresses_is_refused()
    {
        await DomainAsync("example.org");
        await AskAsync(
            """
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('s', seq, '@example.org'), d.id, 'alias', 1 FROM seq_1_to_120, domains d;
            INSERT INTO aliases (address_id, kind, version, created_at, updated_at) SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
            INSERT INTO destinations (address_id, address, local_part, domain_name) SELECT a.id, CONCAT('s', seq + 1, '@example.org'), CONCAT('s', seq + 1), 'example.org' FROM seq_1_to_120 JOIN addresses a ON a.address = CONCAT('s', seq, '@example.org');
            """);

        var problem = Problem(await CreateAsync("a@example.org", "s1@example.org", Superadmin));

        Assert.Equal(("WayTooLong", 100), (problem.Code, problem.Args.Single()));
        Done(await CreateAsync("a@example.org", "s30@example.org", Superadmin));
    }

    /// <summary>Somebody's aliases of aliases lead to 100,000 addresses: of the first level that is too many, no more is read than says so.</summary>
    [MariaDbFact]
    public async Task What_a_check_reads_follows_what_is_reached_and_ends_where_it_is_too_many()
    {
        await DomainAsync("example.org");
        await SeedAsync("example.org", 5000);
        await AskAsync(
            """
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('l', seq, '@example.org'), d.id, 'alias', 1 FROM seq_1_to_1000, domains d;
            INSERT INTO destinations (address_id, address, local_part, domain_name)
              SELECT a.id, CONCAT('m', seq, '@example.org'), CONCAT('m', seq), 'example.org' FROM addresses a JOIN seq_1_to_100 WHERE a.kind = 'alias';
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'all@example.org', d.id, 'alias', 1 FROM domains d;
            INSERT INTO destinations (address_id, address, local_part, domain_name)
              SELECT a.id, CONCAT('l', seq, '@example.org'), CONCAT('l', seq), 'example.org' FROM addresses a JOIN seq_1_to_1000 WHERE a.address = 'all@example.org';
            ANALYZE TABLE domains, addresses, mailboxes, destinations;
            """);
        AssertRefused(await CreateAsync("warm@example.org", "all@example.org", Superadmin), "Destinations:ExpandsTooFar");

        var plain = await RowsReadAsync(db => CreateIn(db, "plain", "m17@example.org m18+x@example.org x@elsewhere.example"));
        var hostile = await RowsReadAsync(db => CreateIn(db, "hostile", "all@example.org"));

        // Seven look-ups for each destination, and a few for the alias itself.
        Assert.True(plain is > 10 and < 150, $"{plain} rows read for three destinations");
        Assert.True(hostile is > 10_000 and < 60_000, $"{hostile} rows read of ways to 100,000 addresses");
    }

    private static Task<Outcome<Saved>> CreateIn(AdminDb db, string localPart, string destinations) =>
        new CreateAlias(db).RunAsync(new() { DomainName = "example.org", LocalPart = localPart, Destinations = destinations }, Superadmin, default);

    private static Problem Problem<T>(Outcome<T> outcome) => Assert.Single(Assert.IsType<Outcome<T>.Refused>(outcome).Problems);

    private Task<Outcome<Saved>> CreateAsync(string address, string destinations, Actor actor) => RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(
        new() { LocalPart = address.Split('@')[0], DomainName = address.Split('@')[1], Destinations = destinations }, actor, default));

    private Task<Outcome<Saved>> CreateGroupAsync(string domain) =>
        RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(new() { LocalPart = "everyone", DomainName = domain, IsGroup = true }, Superadmin, default));

    private Task<Outcome<Saved>> UpdateAsync(long id, string destinations, long version = 1, string? comment = null) =>
        RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = version, Destinations = destinations, Comment = comment }, Superadmin, default));

    private async Task WaitForAsync(string answer, string sql)
    {
        for (var tries = 0; await AskAsync(sql) != answer; tries++)
        {
            Assert.True(tries < 300, sql);
            await Task.Delay(100);
        }
    }

    private Task<string> SeedAsync(string domain, int mailboxes) => AskAsync($"""
        INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('m', seq, '@{domain}'), d.id, 'mailbox', 1 FROM seq_1_to_{mailboxes} JOIN domains d ON d.name = '{domain}';
        INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
        SELECT id, kind, 'x', UTC_TIMESTAMP(6), address, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE address LIKE 'm%@{domain}';
        """);
}
