using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Sessions;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Whose sessions end by a change: written with it, or not at all.</summary>
public sealed class SessionEndTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Masks = "SELECT mask FROM session_ends ORDER BY mask";

    public static TheoryData<string, UpdateMailbox.Input, bool> Updates => new()
    {
        { "a name", new() { DisplayName = "Bob" }, false },
        { "a quota", new() { Quota = "1G" }, false },
        { "an end that is to come", new() { ActiveUntil = "2999-12-31" }, false },
        { "submission, which is no session of Dovecot's", new() { AllowsSmtp = false }, false },
        { "switched off", new() { IsActive = false }, true },
        { "no IMAP", new() { AllowsImap = false }, true },
        { "no POP3", new() { AllowsPop3 = false }, true },
        { "no ManageSieve", new() { AllowsSieve = false }, true },
        { "networks", new() { AllowedNetworks = "192.0.2.0/24" }, true },
        { "not before next year", new() { ActiveFrom = "2999-01-01" }, true },
    };

    [MariaDbTheory]
    [MemberData(nameof(Updates))]
    public async Task A_change_of_a_mailbox_ends_its_sessions_when_it_takes_a_right(string what, UpdateMailbox.Input change, bool ends)
    {
        await DomainAsync("example.org");
        await MailboxAsync("ann@example.org");
        var id = await MailboxAsync("bob@example.org");

        Done(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(change with { Id = id, Version = 1 }, Superadmin, default)));

        Assert.Equal((what, ends ? "bob@example.org" : ""), (what, await AskAsync(Masks)));
    }

    [MariaDbFact]
    public async Task What_is_given_back_or_off_already_ends_nothing()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0; UPDATE mailboxes SET allows_imap = 0, allowed_networks = '192.0.2.0/24'");

        Done(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1, IsActive = false, AllowsImap = false, AllowedNetworks = "192.0.2.0/24" }, Superadmin, default)));
        Done(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 2 }, Superadmin, default)));

        Assert.Equal("", await AskAsync(Masks));
    }

    [MariaDbFact]
    public async Task A_switch_a_password_a_deletion_and_a_hand_end_the_sessions_of_one()
    {
        await DomainAsync("example.org");
        foreach (var name in (string[])["off", "password", "gone", "hand", "other"]) await MailboxAsync($"{name}@example.org");

        Done(await RunAsync<SetMailboxActive, Outcome<Saved>>(async o => await o.RunAsync(new() { Id = await IdAsync("off"), IsActive = false }, Superadmin, default)));
        Done(await RunAsync<SetMailboxPassword, Outcome<SavedWithPassword>>(async o => await o.RunAsync(new() { Id = await IdAsync("password"), GeneratesPassword = true }, Superadmin, default)));
        Done(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(async o =>
        {
            var id = await IdAsync("gone");
            return await o.RunAsync(new() { Id = id, Plan = (await o.PlanAsync(id, Superadmin, default))!.Fingerprint() }, Superadmin, default);
        }));
        Done(await RunAsync<EndSessions, Outcome<Saved>>(async o => await o.RunAsync(new() { Id = await IdAsync("hand") }, Superadmin, default)));

        Assert.Equal("gone@example.org\nhand@example.org\noff@example.org\npassword@example.org", await AskAsync(Masks));
    }

    [MariaDbFact]
    public async Task Somebody_elses_sessions_are_ended_by_nobody()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");
        var id = await MailboxAsync("bob@example.org");
        var stranger = await DomainAdminAsync("stranger", "other.example");

        Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<EndSessions, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, stranger, default)));

        Assert.Equal("", await AskAsync(Masks));
    }

    [MariaDbFact]
    public async Task Another_name_ends_the_sessions_under_the_old_one()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");

        Done(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, NewAddress = "robert@example.org" }, Superadmin, default)));

        Assert.Equal("bob@example.org", await AskAsync(Masks));
    }

    /// <summary>The rename has written its rows when it is found to lead in a circle; all of them go.</summary>
    [MariaDbFact]
    public async Task What_is_refused_ends_nothing()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org", quota: null, keepsCopy: false, "robert@example.org");
        var before = await TablesAsync();

        AssertRefused(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, NewAddress = "robert@example.org" }, Superadmin, default)), "NewAddress:AliasLoop");
        Assert.IsType<Outcome<Saved>.Conflict>(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 9, IsActive = false }, Superadmin, default)));
        AssertRefused(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = id, Plan = "another" }, Superadmin, default)), ":PlanChanged");

        Assert.Equal(before, await TablesAsync());
        Assert.Equal("", await AskAsync(Masks));
    }

    [MariaDbFact]
    public async Task A_domain_that_stops_goes_or_is_renamed_is_one_row_however_many_are_in_it()
    {
        foreach (var name in (string[])["off.example", "gone.example", "old.example", "same.example"])
        {
            await DomainAsync(name);
            foreach (var local in (string[])["ann", "bob", "eve"]) await MailboxAsync($"{local}@{name}");
        }
        await AliasDomainAsync("alias.example", "same.example");

        await SetDomainActiveAsync("off.example", DomainKind.Hosted);
        await SetDomainActiveAsync("alias.example", DomainKind.Alias);
        Done(await RunAsync<DeleteDomain, Outcome<DomainDeletion>>(async o =>
        {
            var plan = (await o.PlanAsync(DomainName.Parse("gone.example"), Superadmin, default))!;
            return await o.RunAsync(new() { Id = plan.Id, ConfirmName = "gone.example", Plan = plan.Fingerprint() }, Superadmin, default);
        }));
        Done(await RunAsync<RenameDomain, Outcome<Saved>>(async o =>
        {
            var plan = (await o.PlanAsync(DomainName.Parse("old.example"), Superadmin, default))!;
            return await o.RunAsync(new() { Id = plan.Id, NewName = "new.example", ConfirmName = "old.example", Plan = plan.Fingerprint() }, Superadmin, default);
        }));

        Assert.Equal("*@gone.example\n*@off.example\n*@old.example", await AskAsync(Masks));
    }

    [MariaDbFact]
    public async Task A_stricter_age_of_passwords_ends_the_sessions_of_those_that_are_too_old_now()
    {
        var id = await DomainAsync("example.org");
        foreach (var name in (string[])["new", "old", "older"]) await MailboxAsync($"{name}@example.org");
        await AskAsync("UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET m.password_changed_at = UTC_TIMESTAMP(6) - INTERVAL CASE LEFT(a.address, 4) WHEN 'new@' THEN 1 WHEN 'old@' THEN 40 ELSE 100 END DAY");

        await SetMaxAgeAsync(id, "90");
        Assert.Equal("older@example.org", await AskAsync(Masks));

        await SetMaxAgeAsync(id, "30");
        Assert.Equal("old@example.org\nolder@example.org", await AskAsync(Masks));

        await SetMaxAgeAsync(id, "60");
        await SetMaxAgeAsync(id, null);
        Assert.Equal("2", await AskAsync("SELECT COUNT(*) FROM session_ends"));
    }

    [MariaDbTheory]
    [InlineData(JobAction.Deactivate, "ann@example.org\nbob@example.org")]
    [InlineData(JobAction.DenyImap, "ann@example.org\nbob@example.org")]
    [InlineData(JobAction.DenySmtp, "")]
    [InlineData(JobAction.Delete, "ann@example.org\nbob@example.org\noff@example.org")]
    public async Task A_job_ends_the_sessions_of_whoever_loses_a_right_by_it(JobAction action, string masks)
    {
        await DomainAsync("example.org");
        foreach (var name in (string[])["ann", "bob", "off"]) await MailboxAsync($"{name}@example.org");
        await AliasAsync("info@example.org", "x@y.example");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'; UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET m.allows_imap = 0 WHERE a.address = 'off@example.org'");

        var job = Done(await RunAsync<StartJob, Outcome<Saved>>(o => o.RunAsync(new() { Kind = JobKind.Mailboxes, Action = action, Count = 3, Confirm = "3" }, Superadmin, default))).Id;
        var fence = (await RunAsync<JobStep, long?>(s => s.TakeAsync(job, default)))!.Value;
        while (await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default)))
        {
            // The next step.
        }

        Assert.Equal(masks, await AskAsync(Masks));
    }

    [MariaDbFact]
    public async Task What_is_older_than_a_day_is_removed()
    {
        await AskAsync("INSERT INTO session_ends (mask, at) SELECT CONCAT('m', seq, '@example.org'), UTC_TIMESTAMP(6) - INTERVAL 25 HOUR FROM seq_1_to_2500");
        await AskAsync("INSERT INTO session_ends (mask, at) VALUES ('new@example.org', UTC_TIMESTAMP(6) - INTERVAL 23 HOUR)");

        await DbAsync(async db => { await db.SweepSessionEndsAsync(default); return 0; });

        Assert.Equal("new@example.org", await AskAsync(Masks));
    }

    private async Task<long> IdAsync(string localPart) => long.Parse(await AskAsync($"SELECT m.id FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.address = '{localPart}@example.org'"), System.Globalization.CultureInfo.InvariantCulture);

    private async Task SetDomainActiveAsync(string name, DomainKind kind)
    {
        var id = long.Parse(await AskAsync($"SELECT id FROM domains WHERE name = '{name}'"), System.Globalization.CultureInfo.InvariantCulture);
        Done(await RunAsync<SetDomainActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Kind = kind, IsActive = false }, Superadmin, default)));
    }

    private async Task SetMaxAgeAsync(long id, string? days)
    {
        var version = long.Parse(await AskAsync($"SELECT version FROM domains WHERE id = {id}"), System.Globalization.CultureInfo.InvariantCulture);
        Done(await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = version, PasswordMaxAge = days }, Superadmin, default)));
    }
}
