using AdminPanel.Data.Access;
using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using System.Globalization;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class CreateMailboxTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly CreateMailbox.Input Bob = new() { DomainName = "example.org", LocalPart = "bob", Password = Password };

    [MariaDbFact]
    public async Task A_mailbox_is_there_with_its_address_home_and_hash()
    {
        await DomainAsync("example.org", defaultQuota: 1 << 30);

        var saved = Done(await CreateAsync(Bob with { LocalPart = " Bob ", DisplayName = " Bob Ä ", Forwards = "x@y.example, X@Y.example" }));

        Assert.Equal(("bob@example.org", null), (saved.Name, saved.GeneratedPassword));
        Assert.Equal("bob@example.org\tmailbox\t1", await AskAsync("SELECT address, kind, is_active FROM addresses"));
        Assert.Equal("Bob Ä\t1073741824\t1\t1", await AskAsync("SELECT display_name, quota_bytes, keeps_copy, version FROM mailboxes"));
        Assert.Matches("^([0-9a-f]{2})/([0-9a-f]{2})/\\1\\2[0-9a-f]{28}$", await AskAsync("SELECT home FROM mailboxes"));
        Assert.Equal("x@y.example\tx\ty.example", await AskAsync("SELECT address, local_part, domain_name FROM destinations"));
        using var hasher = new PasswordHasher();
        Assert.True(hasher.Verify(await AskAsync("SELECT password_hash FROM mailboxes"), Password).Matches);
    }

    [MariaDbFact]
    public async Task Counters_of_the_domain_follow_and_its_version_stays()
    {
        await DomainAsync("example.org");

        Done(await CreateAsync(Bob with { Quota = "5G" }));

        Assert.Equal("1\t0\t5368709120\t1", await AskAsync("SELECT mailbox_count, alias_count, allocated_quota, version FROM domains"));
    }

    [MariaDbFact]
    public async Task The_audit_entry_says_who_and_what_and_holds_no_hash()
    {
        var id = await DomainAsync("example.org");

        Done(await CreateAsync(Bob));

        Assert.Equal($"root\t192.0.2.7\trequest-1\tmailbox.create\tbob@example.org\t{id}", await AskAsync("SELECT actor, source, request_id, action, subject, domain_id FROM audit_entries"));
        var after = await AskAsync("SELECT `before`, `after` FROM audit_entries");
        Assert.Equal("NULL\t{\"displayName\":null,\"quotaBytes\":null,\"isActive\":true,\"keepsCopy\":true,\"forwards\":[],\"access\":{\"imap\":true,\"pop3\":true,\"smtp\":true,\"sieve\":true,\"networks\":null},\"activeFrom\":null,\"activeUntil\":null,\"recoveryAddress\":null}", after);
    }

    [MariaDbFact]
    public async Task A_generated_password_is_answered_once_and_matches()
    {
        await DomainAsync("example.org");

        var password = Done(await CreateAsync(Bob with { Password = null, GeneratesPassword = true })).GeneratedPassword;

        using var hasher = new PasswordHasher();
        Assert.True(hasher.Verify(await AskAsync("SELECT password_hash FROM mailboxes"), password!).Matches);
    }

    [MariaDbFact]
    public async Task A_mailbox_created_again_has_another_home()
    {
        await DomainAsync("example.org");
        var id = Done(await CreateAsync(Bob)).Id;
        var first = await AskAsync("SELECT home FROM mailboxes");
        var plan = await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(id, Superadmin, default));
        Done(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default)));

        var item = long.Parse(await AskAsync("SELECT id FROM recycled_items"), System.Globalization.CultureInfo.InvariantCulture);
        Done(await RunAsync<ReleaseAddress, Outcome<Saved>>(o => o.RunAsync(new() { Id = item }, Superadmin, default)));

        Done(await CreateAsync(Bob));

        Assert.NotEqual(first, await AskAsync("SELECT home FROM mailboxes"));
    }

    [MariaDbTheory]
    [InlineData("", "LocalPart:LocalPartEmpty")]
    [InlineData("bob smith", "LocalPart:LocalPartCharacter")]
    [InlineData("bob+news", "LocalPart:LocalPartNotForMailbox")]
    [InlineData("müller", "LocalPart:LocalPartNotForMailbox")]
    [InlineData("a/b", "LocalPart:LocalPartNotForMailbox")]
    public async Task A_local_part_that_no_mailbox_can_have_is_refused(string localPart, string problem)
    {
        await DomainAsync("example.org");

        AssertRefused(await CreateAsync(Bob with { LocalPart = localPart }), problem);
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM addresses"));
    }

    [MariaDbFact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        await DomainAsync("example.org");

        var outcome = await CreateAsync(Bob with { LocalPart = ".", Quota = "lots", Password = "short", Forwards = "nobody", DisplayName = "a\nb" });

        AssertRefused(outcome, "LocalPart:LocalPartDots", "DisplayName:TextCharacter", "Quota:SizeUnreadable", "Forwards:DestinationNoAt", "Password:PasswordTooShort");
    }

    [MariaDbFact]
    public async Task A_password_that_is_the_name_is_refused()
    {
        await DomainAsync("example.org");

        AssertRefused(await CreateAsync(Bob with { LocalPart = "bobby.tables.smith", Password = "Bobby.Tables.Smith" }), "Password:PasswordIsName");
    }

    [MariaDbFact]
    public async Task An_address_that_is_taken_is_refused_and_says_by_what()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org");
        await AliasAsync("info@example.org", "bob@example.org");

        AssertRefused(await CreateAsync(Bob), "LocalPart:AddressTakenByMailbox");
        AssertRefused(await CreateAsync(Bob with { LocalPart = "INFO" }), "LocalPart:AddressTakenByAlias");
    }

    [MariaDbFact]
    public async Task A_mailbox_beyond_the_domain_limit_is_refused_and_nothing_is_saved()
    {
        await DomainAsync("example.org", mailboxLimit: 1);
        await MailboxAsync("eve@example.org");
        var before = await TablesAsync();

        AssertRefused(await CreateAsync(Bob), ":MailboxLimitReached");
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task Quota_up_to_the_limit_is_given_and_one_byte_more_is_not()
    {
        await DomainAsync("example.org", quotaLimit: 10L << 30);
        await MailboxAsync("eve@example.org", quota: 4L << 30);

        AssertRefused(await CreateAsync(Bob with { Quota = $"{(6L << 30) + 1}" }), "Quota:QuotaLimitReached");
        Done(await CreateAsync(Bob with { Quota = "6G" }));
        Assert.Equal("10737418240", await AskAsync("SELECT allocated_quota FROM domains"));
    }

    [MariaDbFact]
    public async Task A_mailbox_without_quota_is_refused_where_the_domain_has_a_quota_limit()
    {
        await DomainAsync("example.org", quotaLimit: 10L << 30, defaultQuota: 1L << 30);

        AssertRefused(await CreateAsync(Bob with { HasNoQuota = true }), "Quota:QuotaNeeded");
        Done(await CreateAsync(Bob));
        Assert.Equal("1073741824", await AskAsync("SELECT quota_bytes FROM mailboxes"));
    }

    [MariaDbTheory]
    [InlineData("unknown.example")]
    [InlineData("not a domain")]
    [InlineData(null)]
    public async Task A_domain_that_is_not_there_is_not_found(string? name)
    {
        Assert.IsType<Outcome<SavedWithPassword>.NotFound>(await CreateAsync(Bob with { DomainName = name }));
    }

    [MariaDbFact]
    public async Task An_alias_domain_holds_no_mailboxes_of_its_own()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");

        Assert.IsType<Outcome<SavedWithPassword>.NotFound>(await CreateAsync(Bob with { DomainName = "alias.example" }));
    }

    [MariaDbFact]
    public async Task A_domain_admin_adds_to_an_assigned_domain_and_does_not_find_others()
    {
        await DomainAsync("example.org");
        await DomainAsync("foreign.example");
        var ute = await DomainAdminAsync("ute", "example.org");
        var before = await TablesAsync();

        Assert.IsType<Outcome<SavedWithPassword>.NotFound>(await CreateAsync(Bob with { DomainName = "foreign.example" }, ute));
        Assert.Equal(before, await TablesAsync());
        Assert.Equal("bob@example.org", Done(await CreateAsync(Bob, ute)).Name);
    }

    /// <summary>Two admins press the button at once: one wins, the other reads why, and nothing of the loser's is left.</summary>
    [MariaDbFact]
    public async Task Of_two_admins_who_add_the_same_address_one_wins_and_the_other_reads_why()
    {
        await DomainAsync("example.org");
        for (var round = 0; round < 5; round++)
        {
            var input = Bob with { LocalPart = $"bob{round}" };

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CreateAsync(input))));

            Assert.Single(outcomes.OfType<Outcome<SavedWithPassword>.Done>());
            var losers = outcomes.OfType<Outcome<SavedWithPassword>.Refused>().SelectMany(o => o.Problems).Select(p => p.Code).ToList();
            Assert.Equal(3, losers.Count);
            Assert.All(losers, code => Assert.Contains(code, new[] { "AddressTakenJustNow", "AddressTakenByMailbox" }));
        }
        Assert.Equal("5\t5\t5\t5", await AskAsync(
            "SELECT (SELECT COUNT(*) FROM addresses), (SELECT COUNT(*) FROM mailboxes), (SELECT mailbox_count FROM domains), (SELECT COUNT(*) FROM audit_entries)"));
    }

    [MariaDbFact]
    public async Task A_mailbox_and_an_alias_of_one_address_at_once_leave_one_of_them()
    {
        await DomainAsync("example.org");

        var mailbox = Task.Run(() => CreateAsync(Bob));
        var alias = Task.Run(() => RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "bob", Destinations = "x@y.example" }, Superadmin, default)));
        await Task.WhenAll(mailbox, alias);

        Assert.Equal(1, (await mailbox is Outcome<SavedWithPassword>.Done ? 1 : 0) + (await alias is Outcome<Saved>.Done ? 1 : 0));
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM addresses"));
    }

    [MariaDbFact]
    public async Task The_last_place_of_a_domain_is_given_once()
    {
        await DomainAsync("example.org", mailboxLimit: 1);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => CreateAsync(Bob with { LocalPart = $"bob{i}" }))));

        Assert.Single(outcomes.OfType<Outcome<SavedWithPassword>.Done>());
        Assert.All(outcomes.OfType<Outcome<SavedWithPassword>.Refused>(), o => Assert.Equal("MailboxLimitReached", o.Problems.Single().Code));
        Assert.Equal("1\t1", await AskAsync("SELECT mailbox_count, (SELECT COUNT(*) FROM mailboxes) FROM domains"));
    }

    /// <summary>
    /// The race itself, made certain: another session holds the domain's row while both polite checks have passed, so
    /// only the unique index is left to decide.
    /// </summary>
    [MariaDbFact]
    public async Task The_loser_of_a_race_reads_that_the_address_was_taken_just_now()
    {
        await DomainAsync("example.org");
        using var locked = new SemaphoreSlim(0);
        using var release = new SemaphoreSlim(0);
        var holder = Task.Run(() => DbAsync(db => db.InTransactionAsync<int>(
            async ct =>
            {
                await db.LockDomainAsync(db.Domains.Select(d => d.Id).Single(), ct);
                locked.Release();
                await release.WaitAsync(ct);
                return Outcome.Done(0);
            },
            duplicate: null,
            default)));
        await locked.WaitAsync();

        var both = Enumerable.Range(0, 2).Select(_ => Task.Run(() => CreateAsync(Bob))).ToArray();
        await UntilLockWaitsAsync(2);
        release.Release();
        await holder;
        var outcomes = await Task.WhenAll(both);

        Assert.Single(outcomes.OfType<Outcome<SavedWithPassword>.Done>());
        AssertRefused(outcomes.Single(o => o is not Outcome<SavedWithPassword>.Done), "LocalPart:AddressTakenJustNow");
        Assert.Equal("1\t1\t1", await AskAsync("SELECT mailbox_count, (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM audit_entries) FROM domains"));
    }

    /// <summary>
    /// Until so many sessions of this database wait for a row. InnoDB copies its table of transactions anew only when
    /// nobody has read it for 100 ms, so asking more often shows the first answer for ever.
    /// </summary>
    private async Task UntilLockWaitsAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await AskAsync(
            """
            SELECT COUNT(*)
              FROM information_schema.innodb_trx t
              JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
             WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()
            """) != count.ToString(CultureInfo.InvariantCulture))
        {
            await Task.Delay(300, limit.Token);
        }
    }

    private Task<Outcome<SavedWithPassword>> CreateAsync(CreateMailbox.Input input, Actor? actor = null) =>
        RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(input, actor ?? Superadmin, default));
}
