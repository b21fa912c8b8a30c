using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Jobs on many mailboxes and aliases, a step at a time. That a killed worker's job goes on is in JobInterruptionTests.</summary>
public sealed class JobTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_job_changes_what_was_ticked_and_writes_down_each_change()
    {
        await DomainAsync("example.org");
        IReadOnlyList<long> ids = [await MailboxAsync("a@example.org"), await MailboxAsync("b@example.org")];
        await MailboxAsync("c@example.org");

        var job = await StartAsync(new() { Action = JobAction.Deactivate, Ids = ids });
        await WorkAsync(job);

        Assert.Equal("a@example.org\nb@example.org", await AskAsync("SELECT address FROM addresses WHERE NOT is_active ORDER BY 1"));
        Assert.Equal("done\t2\t0\tb@example.org", await AskAsync("SELECT state, done_count, refused_count, `cursor` FROM jobs"));
        Assert.Equal("job.start\t1\nmailbox.set-active\t2", await AskAsync("SELECT action, COUNT(*) FROM audit_entries GROUP BY action ORDER BY 1"));
        Assert.Equal("2\n2\n1", await AskAsync("SELECT version FROM mailboxes ORDER BY id"));
        Assert.Equal("1\ta@example.org\tNULL\n2\tb@example.org\tNULL", await AskAsync("SELECT number, subject, problem FROM job_results ORDER BY number"));
    }

    [MariaDbTheory]
    [InlineData(JobAction.DenyImap, "0\t1\t1\t1")]
    [InlineData(JobAction.DenyPop3, "1\t0\t1\t1")]
    [InlineData(JobAction.DenySmtp, "1\t1\t0\t1")]
    [InlineData(JobAction.DenySieve, "1\t1\t1\t0")]
    public async Task A_protocol_is_switched_off_for_many_and_on_again(JobAction off, string afterwards)
    {
        await DomainAsync("example.org");
        await ManyAsync(300);
        await AskAsync("UPDATE mailboxes SET allowed_networks = '192.0.2.0/24' ORDER BY id LIMIT 1");
        const string Switches = "SELECT DISTINCT allows_imap, allows_pop3, allows_smtp, allows_sieve FROM mailboxes";

        await WorkAsync(await StartAsync(new() { Action = off }));
        Assert.Equal(afterwards, await AskAsync(Switches));
        Assert.Equal("300\t2", await AskAsync("SELECT COUNT(*), MIN(version) FROM mailboxes WHERE version = 2"));
        Assert.Equal("300", await AskAsync("SELECT COUNT(DISTINCT subject) FROM audit_entries WHERE action = 'mailbox.update'"));

        await WorkAsync(await StartAsync(new() { Action = off + (JobAction.AllowImap - JobAction.DenyImap) }));
        Assert.Equal("1\t1\t1\t1", await AskAsync(Switches));
        Assert.Equal("192.0.2.0/24", await AskAsync("SELECT allowed_networks FROM mailboxes WHERE allowed_networks IS NOT NULL"));
        Assert.Equal("done\t300\ndone\t300", await AskAsync("SELECT state, done_count FROM jobs"));
    }

    [MariaDbFact]
    public async Task A_protocol_that_is_off_already_leaves_mailbox_and_audit_alone_and_aliases_have_none()
    {
        await DomainAsync("example.org");
        await MailboxAsync("a@example.org");
        await AskAsync("UPDATE mailboxes SET allows_pop3 = 0");

        await WorkAsync(await StartAsync(new() { Action = JobAction.DenyPop3 }));

        Assert.Equal("1\t1", await AskAsync("SELECT version, (SELECT done_count FROM jobs) FROM mailboxes"));
        Assert.Equal("job.start", await AskAsync("SELECT action FROM audit_entries"));
        await AliasAsync("info@example.org", "x@y.example");
        AssertRefused(await TryAsync(new() { Kind = JobKind.Aliases, Action = JobAction.DenyPop3 }), "Action:JobActionEmpty");
    }

    [MariaDbFact]
    public async Task All_that_match_are_those_that_were_there_step_after_step()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");
        await MailboxAsync("box@other.example");
        await ManyAsync(600);

        var job = await StartAsync(new() { Action = JobAction.Deactivate, DomainName = "example.org", Text = "box", State = StateFilter.Active });
        await MailboxAsync("box99999@example.org");
        await WorkAsync(job);

        Assert.Equal("600\t600", await AskAsync("SELECT total, done_count FROM jobs"));
        Assert.Equal("600", await AskAsync("SELECT COUNT(DISTINCT subject) FROM audit_entries WHERE action = 'mailbox.set-active'"));
        Assert.Equal("box99999@example.org\nbox@other.example", await AskAsync("SELECT address FROM addresses WHERE is_active ORDER BY 1"));
    }

    /// <summary>
    /// The attack on whoever confirms a count: between the confirmation and the step other things come to match the
    /// filter, or the one who started gets further domains.
    /// </summary>
    [MariaDbFact]
    public async Task A_job_deals_with_what_was_confirmed_and_with_nothing_that_came_to_match_later()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");
        foreach (var name in (string[])["a", "b", "boss"]) await MailboxAsync($"{name}@example.org");
        await MailboxAsync("x@other.example");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address IN ('a@example.org', 'b@example.org', 'x@other.example')");
        var admin = await DomainAdminAsync("ute", "example.org");

        var job = await StartAsync(new() { Action = JobAction.Delete, State = StateFilter.Inactive, Count = 2, Confirm = "2" }, admin);
        await AskAsync("UPDATE addresses SET is_active = address = 'a@example.org'");
        await AskAsync("UPDATE accounts SET kind = 'superadmin'");
        await WorkAsync(job);

        Assert.Equal("a@example.org\nboss@example.org\nx@other.example", await AskAsync("SELECT address FROM addresses WHERE kind = 'mailbox' ORDER BY 1"));
        Assert.Equal("1\ta@example.org\tJobThingGone\n2\tb@example.org\tNULL", await AskAsync("SELECT number, subject, problem FROM job_results ORDER BY number"));
        Assert.Equal("done\t1\t1\t0", await AskAsync("SELECT state, done_count, refused_count, (SELECT COUNT(*) FROM job_targets) FROM jobs"));
    }

    /// <summary>A worker that was thought dead comes back after another has taken its job: it must change nothing any more.</summary>
    [MariaDbFact]
    public async Task A_worker_that_lost_its_lease_changes_nothing()
    {
        await DomainAsync("example.org");
        await ManyAsync(300);
        var job = await StartAsync(new() { Action = JobAction.Deactivate });

        var first = await TakeAsync(job);
        Assert.True(await RunAsync<JobStep, bool>(s => s.RunAsync(job, first!.Value, default)));
        Assert.Null(await TakeAsync(job));
        await AskAsync("UPDATE jobs SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
        var second = await TakeAsync(job);

        Assert.False(await RunAsync<JobStep, bool>(s => s.RunAsync(job, first!.Value, default)));
        Assert.Equal("250", await AskAsync("SELECT COUNT(*) FROM addresses WHERE NOT is_active"));
        while (await RunAsync<JobStep, bool>(s => s.RunAsync(job, second!.Value, default)))
        {
            // To its end.
        }
        Assert.Equal("300\t300", await AskAsync("SELECT (SELECT COUNT(*) FROM addresses WHERE NOT is_active), (SELECT COUNT(*) FROM audit_entries WHERE action = 'mailbox.set-active')"));
    }

    [MariaDbFact]
    public async Task Quotas_stop_at_the_domains_pool_and_the_result_says_which()
    {
        await DomainAsync("example.org", quotaLimit: 25L << 30);
        foreach (var name in (string[])["a", "b", "c"]) await MailboxAsync($"{name}@example.org", quota: 1L << 30);

        var job = await StartAsync(new() { Action = JobAction.SetQuota, Quota = "10G" });
        await WorkAsync(job);

        Assert.Equal("2\t1", await AskAsync("SELECT done_count, refused_count FROM jobs"));
        Assert.Equal("c@example.org", await AskAsync("SELECT subject FROM job_results WHERE problem IS NOT NULL"));
        Assert.Equal($"{21L << 30}", await AskAsync("SELECT allocated_quota FROM domains"));
        Assert.Equal($"{21L << 30}", await AskAsync("SELECT SUM(quota_bytes) FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task Deleting_asks_for_the_count_and_puts_all_into_the_recycle_bin()
    {
        await DomainAsync("example.org");
        await MailboxAsync("a@example.org", quota: 1L << 30);
        await AliasAsync("info@example.org", "a@example.org");
        await AliasAsync("@example.org", "a@example.org");
        var input = new StartJob.Input { Action = JobAction.Delete, DomainName = "example.org" };

        var plan = await RunAsync<StartJob, JobPlan?>(o => o.PlanAsync(input, Superadmin, default));
        AssertRefused(await TryAsync(input), "Confirm:JobConfirm");
        AssertRefused(await TryAsync(input with { Count = 7, Confirm = "1" }), ":PlanChanged");
        await WorkAsync(await StartAsync(input with { Count = 1, Confirm = "1" }));
        await WorkAsync(await StartAsync(input with { Kind = JobKind.Aliases, Count = 2, Confirm = "2" }));

        Assert.Equal((1, 2), (plan!.Count, plan.LoserCount));
        Assert.Equal("0\t0\t0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM addresses WHERE kind <> 'recycled'), mailbox_count, alias_count, allocated_quota FROM domains"));
        Assert.Equal("alias.delete\nalias.delete\nmailbox.delete", await AskAsync("SELECT action FROM audit_entries WHERE action LIKE '%.delete' ORDER BY 1"));
    }

    [MariaDbFact]
    public async Task A_job_never_leaves_the_scope_of_whoever_started_it()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");
        var foreign = await MailboxAsync("a@example.org");
        var own = await MailboxAsync("b@other.example");
        var admin = await DomainAdminAsync("ute", "other.example");

        Assert.IsType<Outcome<Saved>.NotFound>(await TryAsync(new() { Action = JobAction.Deactivate, DomainName = "example.org" }, admin));
        AssertRefused(await TryAsync(new() { Action = JobAction.Deactivate, Ids = [foreign] }, admin), ":JobNothing");
        var job = await StartAsync(new() { Action = JobAction.Deactivate, Ids = [foreign, own] }, admin);
        var gone = await StartAsync(new() { Action = JobAction.Activate }, admin);
        await WorkAsync(job);
        await AskAsync("UPDATE accounts SET is_active = 0");
        await WorkAsync(gone);

        Assert.Equal("b@other.example", await AskAsync("SELECT address FROM addresses WHERE NOT is_active"));
        Assert.Equal("failed\tJobActorGone", await AskAsync($"SELECT state, problem FROM jobs WHERE id = {gone}"));
        Assert.Equal(["b@other.example"], await ResultsAsync(job, admin));
        await AskAsync("DELETE FROM domain_admins");
        Assert.Empty(await ResultsAsync(job, admin));
        Assert.Equal(["b@other.example"], await ResultsAsync(job, Superadmin));
        Assert.Null(await RunAsync<JobRows, JobRow?>(r => r.FindAsync(job, admin with { AccountId = admin.AccountId + 1 }, default)));
    }

    [MariaDbFact]
    public async Task A_cancelled_job_stops_before_its_next_step()
    {
        await DomainAsync("example.org");
        await ManyAsync(300);
        var job = await StartAsync(new() { Action = JobAction.Deactivate });
        var fence = (await TakeAsync(job))!.Value;
        await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default));

        Done(await RunAsync<CancelJob, Outcome<Saved>>(o => o.RunAsync(new() { Id = job }, Superadmin, default)));

        Assert.False(await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default)));
        Assert.Equal("cancelled\t250", await AskAsync("SELECT state, done_count FROM jobs"));
        Assert.Equal("250", await AskAsync("SELECT COUNT(*) FROM addresses WHERE NOT is_active"));
    }

    private Task<List<string>> ResultsAsync(long job, Actor actor) => RunAsync<JobRows, List<string>>(async rows =>
    {
        var subjects = new List<string>();
        await foreach (var row in rows.ResultsAsync(job, actor, default)) subjects.Add(row.Subject);
        return subjects;
    });

    private Task<Outcome<Saved>> TryAsync(StartJob.Input input, Actor? actor = null) => RunAsync<StartJob, Outcome<Saved>>(o => o.RunAsync(input, actor ?? Superadmin, default));

    private async Task<long> StartAsync(StartJob.Input input, Actor? actor = null) => Done(await TryAsync(input, actor)).Id;

    private Task<long?> TakeAsync(long job) => RunAsync<JobStep, long?>(s => s.TakeAsync(job, default));

    private async Task WorkAsync(long job)
    {
        var fence = (await TakeAsync(job))!.Value;
        while (await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default)))
        {
            // To its end.
        }
    }

    private Task<string> ManyAsync(int count) => AskAsync(
        $"""
        INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('box', LPAD(seq, 5, '0'), '@example.org'), d.id, 'mailbox', 1 FROM seq_1_to_{count}, domains d WHERE d.name = 'example.org';
        INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
          SELECT id, kind, 'x', UTC_TIMESTAMP(6), id, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE address LIKE 'box0%@example.org';
        UPDATE domains SET mailbox_count = {count} WHERE name = 'example.org'
        """);
}
