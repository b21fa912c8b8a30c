using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class UpdateMailboxTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task What_is_chosen_is_stored_and_the_quota_moves_the_counter()
    {
        await DomainAsync("example.org", quotaLimit: 10L << 30);
        var id = await MailboxAsync("bob@example.org", quota: 1L << 30, forwards: ["x@y.example", "z@y.example"]);

        Done(await UpdateAsync(new() { Id = id, Version = 1, DisplayName = "Bob", Quota = "3G", Forwards = "z@y.example\nnew@y.example", KeepsCopy = false, IsActive = false }));

        Assert.Equal("Bob\t3221225472\t0\t2", await AskAsync("SELECT display_name, quota_bytes, keeps_copy, version FROM mailboxes"));
        Assert.Equal("0", await AskAsync("SELECT is_active FROM addresses"));
        Assert.Equal("new@y.example\nz@y.example", await AskAsync("SELECT address FROM destinations ORDER BY address"));
        Assert.Equal("3221225472", await AskAsync("SELECT allocated_quota FROM domains"));
    }

    [MariaDbFact]
    public async Task Another_destination_alone_is_a_change_of_the_mailbox()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");

        Done(await UpdateAsync(new() { Id = id, Version = 1, Forwards = "x@y.example" }));

        Assert.Equal("2", await AskAsync("SELECT version FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task A_form_filled_from_an_older_version_changes_nothing()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        Done(await UpdateAsync(new() { Id = id, Version = 1, DisplayName = "first" }));

        var outcome = await UpdateAsync(new() { Id = id, Version = 1, DisplayName = "second" });

        Assert.Equal(2, Assert.IsType<Outcome<Saved>.Conflict>(outcome).Version);
        Assert.Equal("first", await AskAsync("SELECT display_name FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task Of_two_forms_of_one_version_saved_at_once_one_wins()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(i => Task.Run(() => UpdateAsync(new() { Id = id, Version = 1, DisplayName = $"name {i}" }))));

        Assert.Single(outcomes.OfType<Outcome<Saved>.Done>());
        Assert.All(outcomes.OfType<Outcome<Saved>.Conflict>(), c => Assert.Equal(2, c.Version));
        Assert.Equal(3, outcomes.OfType<Outcome<Saved>.Conflict>().Count());
    }

    [MariaDbFact]
    public async Task A_quota_beyond_what_the_domain_has_left_is_refused_and_a_smaller_one_never_is()
    {
        await DomainAsync("example.org", quotaLimit: 4L << 30);
        await MailboxAsync("eve@example.org", quota: 4L << 30);
        var id = await MailboxAsync("bob@example.org", quota: 2L << 30);

        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, Quota = "3G" }), "Quota:QuotaLimitReached");
        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, Quota = "" }), "Quota:QuotaNeeded");
        Done(await UpdateAsync(new() { Id = id, Version = 1, Quota = "1G" }));
        Assert.Equal($"{5L << 30}", await AskAsync("SELECT allocated_quota FROM domains"));
    }

    [MariaDbFact]
    public async Task A_mailbox_that_forwards_to_itself_or_to_a_thousand_and_one_is_refused()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        var many = string.Join(' ', Enumerable.Range(0, 1001).Select(i => $"x{i}@y.example"));

        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, Forwards = "BOB@Example.org" }), "Forwards:DestinationIsItself");
        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, Forwards = many }), "Forwards:TooManyDestinations");
    }

    private Task<Outcome<Saved>> UpdateAsync(UpdateMailbox.Input input, Actor? actor = null) =>
        RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(input, actor ?? Superadmin, default));
}

public sealed class SetMailboxPasswordTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task The_new_password_matches_and_the_time_is_kept()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        var before = await AskAsync("SELECT password_changed_at FROM mailboxes");

        Done(await SetAsync(new() { Id = id, Password = Password }));

        using var hasher = new PasswordHasher();
        Assert.True(hasher.Verify(await AskAsync("SELECT password_hash FROM mailboxes"), Password).Matches);
        Assert.NotEqual(before, await AskAsync("SELECT password_changed_at FROM mailboxes"));
        Assert.Equal("2", await AskAsync("SELECT version FROM mailboxes"));
        Assert.Equal("mailbox.set-password", await AskAsync("SELECT action FROM audit_entries"));
        Assert.DoesNotContain("ARGON2ID", await AskAsync("SELECT * FROM audit_entries"), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_weak_password_is_refused_and_the_old_one_stays()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");

        AssertRefused(await SetAsync(new() { Id = id, Password = "bob@example.org" }), "Password:PasswordIsName");
        AssertRefused(await SetAsync(new() { Id = id, Password = new string('x', 500) + "abcdefghijklm" }), "Password:PasswordTooLong");
        Assert.Equal("{PLAIN}x", await AskAsync("SELECT password_hash FROM mailboxes"));
    }

    private Task<Outcome<SavedWithPassword>> SetAsync(SetMailboxPassword.Input input) =>
        RunAsync<SetMailboxPassword, Outcome<SavedWithPassword>>(o => o.RunAsync(input, Superadmin, default));
}

public sealed class DeleteMailboxTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task The_plan_says_what_loses_it_through_alias_domains_too()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");
        var id = await MailboxAsync("bob@example.org", forwards: ["x@y.example"]);
        await AliasAsync("only@example.org", "bob@example.org");
        await AliasAsync("both@example.org", "bob@example.org", "bob@alias.example");
        await AliasAsync("team@example.org", "bob@alias.example", "eve@example.org");
        await MailboxAsync("copy@example.org", forwards: ["bob@example.org"]);
        await MailboxAsync("away@example.org", keepsCopy: false, forwards: ["bob@example.org"]);

        var plan = (await PlanAsync(id, Superadmin))!;

        Assert.Equal("bob@example.org", plan.Address);
        Assert.Equal(["x@y.example"], plan.Forwards);
        Assert.Equal((3, 2), (plan.Forwarders.DeadCount, plan.Forwarders.ShorterCount));
        Assert.Equal(["away@example.org", "both@example.org", "only@example.org"], plan.Forwarders.Dead);
        Assert.Equal(["copy@example.org", "team@example.org"], plan.Forwarders.Shorter);
    }

    [MariaDbFact]
    public async Task A_domain_admin_reads_names_of_assigned_domains_and_the_count_of_all()
    {
        await DomainAsync("example.org");
        await DomainAsync("foreign.example");
        var id = await MailboxAsync("bob@example.org");
        await AliasAsync("own@example.org", "bob@example.org");
        await AliasAsync("secret@foreign.example", "bob@example.org");
        var ute = await DomainAdminAsync("ute", "example.org");

        var plan = (await PlanAsync(id, ute))!;

        Assert.Equal(2, plan.Forwarders.DeadCount);
        Assert.Equal(["own@example.org"], plan.Forwarders.Dead);
    }

    [MariaDbFact]
    public async Task The_mailbox_goes_with_its_forwards_and_its_place_is_free()
    {
        await DomainAsync("example.org", quotaLimit: 10L << 30);
        var id = await MailboxAsync("bob@example.org", quota: 1L << 30, forwards: ["x@y.example"]);
        await MailboxAsync("eve@example.org", quota: 2L << 30);

        Done(await DeleteAsync(new() { Id = id, Plan = (await PlanAsync(id, Superadmin))!.Fingerprint() }));

        Assert.Equal("eve@example.org", await AskAsync("SELECT address FROM addresses WHERE kind <> 'recycled'"));
        Assert.Equal("1\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM destinations)"));
        Assert.Equal($"1\t{2L << 30}", await AskAsync("SELECT mailbox_count, allocated_quota FROM domains"));
    }

    [MariaDbFact]
    public async Task A_plan_that_is_no_longer_true_is_not_executed()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        var plan = (await PlanAsync(id, Superadmin))!.Fingerprint();
        await AliasAsync("info@example.org", "bob@example.org");
        var before = await TablesAsync();

        AssertRefused(await DeleteAsync(new() { Id = id, Plan = plan }), ":PlanChanged");
        AssertRefused(await DeleteAsync(new() { Id = id }), ":PlanChanged");
        Assert.Equal(before, await TablesAsync());
    }

    private Task<MailboxDeletion?> PlanAsync(long id, Actor actor) => RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(id, actor, default));

    private Task<Outcome<MailboxDeletion>> DeleteAsync(DeleteMailbox.Input input) =>
        RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(input, Superadmin, default));
}
