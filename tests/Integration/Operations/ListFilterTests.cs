using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Overview;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What a list is limited to is what it shows, in every order, and what "all that match" changes.</summary>
public sealed class ListFilterTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly DomainName Domain = DomainName.Parse("example.org");

    [MariaDbTheory]
    [InlineData(ListOnly.NearlyFull, "full@example.org")]
    [InlineData(ListOnly.NeverUsed, "ending@example.org full@example.org new@example.org")]
    [InlineData(ListOnly.PasswordEnding, "old@expiring.example")]
    [InlineData(ListOnly.Ending, "ending@example.org")]
    [InlineData(ListOnly.Refused, "attacked@example.org")]
    [InlineData(ListOnly.WelcomeRefused, "new@example.org")]
    [InlineData(ListOnly.Groups, "")]
    [InlineData(ListOnly.OverPool, "")]
    public async Task A_list_of_mailboxes_shows_what_it_is_limited_to(ListOnly only, string expected)
    {
        await WorldAsync();
        foreach (var sort in new[] { ListSort.Name, ListSort.Used, ListSort.LastSignIn, ListSort.Added })
        {
            var page = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(new() { Only = only, Sort = sort }, Superadmin, default));
            Assert.Equal(expected, string.Join(' ', page.Rows.Select(r => r.Address).Order()));
        }
    }

    [MariaDbTheory]
    [InlineData(ListOnly.CatchAlls, "@example.org")]
    [InlineData(ListOnly.Groups, "everyone@example.org")]
    [InlineData(ListOnly.Ending, "soon@example.org")]
    [InlineData(ListOnly.NearlyFull, "")]
    public async Task A_list_of_aliases_shows_what_it_is_limited_to(ListOnly only, string expected)
    {
        await WorldAsync();

        var everywhere = await RunAsync<AliasRows, RowPage<AliasRow>>(r => r.EverywhereAsync(new() { Only = only }, Superadmin, default));
        var ofDomain = await RunAsync<AliasRows, RowPage<AliasRow>?>(r => r.OfDomainAsync(Domain, new() { Only = only, Sort = ListSort.Added }, Superadmin, default));

        Assert.Equal(expected, string.Join(' ', everywhere.Rows.Select(r => r.Address)));
        Assert.Equal(expected, string.Join(' ', ofDomain!.Rows.Select(r => r.Address)));
    }

    [MariaDbTheory]
    [InlineData(ListOnly.OverPool, "example.org")]
    [InlineData(ListOnly.Empty, "empty.example")]
    [InlineData(ListOnly.DnsWrong, "example.org")]
    [InlineData(ListOnly.DkimWaiting, "example.org")]
    [InlineData(ListOnly.DkimRetired, "expiring.example")]
    [InlineData(ListOnly.Groups, "")]
    public async Task A_list_of_domains_shows_what_it_is_limited_to(ListOnly only, string expected)
    {
        await WorldAsync();
        await DomainAsync("empty.example");
        await AskAsync("UPDATE domains SET allocated_quota = 11, quota_limit = 10 WHERE name = 'example.org'; UPDATE domains SET allocated_quota = 10, quota_limit = 10 WHERE name = 'expiring.example'");
        await AskAsync("INSERT INTO domain_dns_checks (domain_id, checked_at, wrong_count, content) SELECT id, UTC_TIMESTAMP(6), name <> 'expiring.example', '{}' FROM domains; UPDATE domains SET is_active = 0 WHERE name = 'empty.example'");

        await AskAsync("INSERT INTO dkim_keys (domain_id, selector, algorithm, public_key, sealed_private_key, state, version, created_at, updated_at) SELECT id, 's1', 'ed25519', 'x', 'x', IF(name = 'example.org', 'waiting', 'retired'), 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM domains WHERE name IN ('example.org', 'expiring.example')");

        var page = await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new() { Only = only, Sort = ListSort.Mailboxes }, Superadmin, default));

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(r => r.Name.Value)));
    }

    [MariaDbFact]
    public async Task A_tag_of_a_domain_is_a_filter_of_what_is_in_it()
    {
        await WorldAsync();
        await AskAsync("INSERT INTO domain_tags (domain_id, name) SELECT id, 'gold' FROM domains WHERE name = 'expiring.example'");

        var page = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(new() { Tag = "gold" }, Superadmin, default));

        Assert.Equal(["old@expiring.example"], page.Rows.Select(r => r.Address));
    }

    /// <summary>Refused sign-ins are in the logs: whoever manages mailboxes and sees no logs does not learn of them by a filter.</summary>
    [MariaDbFact]
    public async Task Refused_sign_ins_are_nobodys_filter_without_the_permission_for_logs()
    {
        await WorldAsync();
        var admin = await DomainAdminAsync("ute", "example.org");
        await AskAsync($"UPDATE domain_admins SET permissions = {(int)DomainPermissions.Mailboxes}");

        var page = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(new() { Only = ListOnly.Refused }, admin, default));

        Assert.Empty(page.Rows);
    }

    /// <summary>Beyond two thousand the order is walked instead of the filter: the same rows, once each, both ways.</summary>
    [MariaDbFact]
    public async Task Many_that_match_stand_in_every_order_as_few_do()
    {
        await ManyAsync(2_400);
        var admin = await DomainAdminAsync("ute", "example.org");
        foreach (var actor in new[] { Superadmin, admin })
        {
            foreach (var sort in new[] { ListSort.Name, ListSort.Used, ListSort.LastSignIn, ListSort.Added })
            {
                // 2,100 were never used: more than are put in order as they are found.
                var request = new PageRequest { Only = ListOnly.NeverUsed, Sort = sort, IsDescending = sort == ListSort.Used, Count = 700 };
                var seen = await ListOrderTests.AllAsync(request, r => RunAsync<MailboxRows, RowPage<MailboxRow>>(m => m.EverywhereAsync(r, actor, default))!);
                Assert.Equal(2_100, seen.Count);
                Assert.Equal(2_100, seen.Select(r => r.Address).Distinct().Count());
                Assert.All(seen, r => Assert.Null(r.LastLoginAt));
            }
        }
    }

    [MariaDbFact]
    public async Task All_that_match_is_what_the_list_shows_and_nothing_beside_it()
    {
        await WorldAsync();

        var job = Done(await RunAsync<StartJob, Outcome<Saved>>(s => s.RunAsync(new() { Action = JobAction.Deactivate, Only = ListOnly.NeverUsed, Text = "e" }, Superadmin, default)));
        var tagged = await RunAsync<StartJob, Outcome<Saved>>(s => s.RunAsync(new() { Action = JobAction.Delete, Tag = "nobody-has-it" }, Superadmin, default));
        var foreign = await RunAsync<StartJob, Outcome<Saved>>(s => s.RunAsync(new() { Action = JobAction.Delete, Only = ListOnly.OverPool }, Superadmin, default));

        Assert.Equal("ending@example.org", await AskAsync($"SELECT address FROM job_targets WHERE job_id = {job.Id}"));
        AssertRefused(tagged, ":JobNothing");
        AssertRefused(foreign, ":JobNothing");
        Assert.Equal("NeverUsed", await AskAsync("SELECT JSON_VALUE(`after`, '$.only') FROM audit_entries WHERE action = 'job.start'"), ignoreCase: true);
    }

    [MariaDbFact]
    public async Task The_overview_counts_what_the_lists_show_to_whom_they_show_it()
    {
        await WorldAsync();
        var ute = await DomainAdminAsync("ute", "expiring.example");
        await AskAsync(
            $"""
            UPDATE domains SET allocated_quota = 11, quota_limit = 10 WHERE name = 'example.org';
            INSERT INTO jobs (kind, action, selection, actor, account_id, request_id, state, total, done_count, refused_count, is_cancel_requested, fence, created_at, ended_at) VALUES
              ('mailboxes', 'deactivate', '', 'root', NULL, 'r', 'failed', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) - INTERVAL 6 DAY),
              ('mailboxes', 'deactivate', '', 'root', NULL, 'r', 'failed', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) - INTERVAL 8 DAY),
              ('mailboxes', 'deactivate', '', 'ute', {ute.AccountId}, 'r', 'running', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), NULL);
            INSERT INTO audit_entries (at, actor, request_id, action, subject) SELECT UTC_TIMESTAMP(6) - INTERVAL seq * 23 HOUR, 'x', 'r', 'account.sign-in-refused', 'root' FROM seq_1_to_2
            """);

        var all = await RunAsync<OverviewRows, OverviewFigures>(o => o.FiguresAsync(Superadmin, default));
        var own = await RunAsync<OverviewRows, OverviewFigures>(o => o.FiguresAsync(ute, default));

        Assert.Equal("FailedJobs 1, NearlyFull 1, OverPool 1, RefusedSignIns 1, RefusedAdmins 1, WelcomesRefused 1, PasswordsEnding 1, MailboxesEnding 1, AliasesEnding 1, RunningJobs 1", Lines(all));
        Assert.Equal("PasswordsEnding 1, RunningJobs 1", Lines(own));
        Assert.Equal((2L, 6L, 3L), (all.Domains, all.Mailboxes, all.Aliases));
        Assert.Equal((1L, 1L, 0L), (own.Domains, own.Mailboxes, own.Aliases));
    }

    [MariaDbFact]
    public async Task The_days_of_a_domain_admin_are_those_of_the_assigned_domains()
    {
        await WorldAsync();
        var ute = await DomainAdminAsync("ute", "example.org");
        foreach (var day in (int[])[20, 21]) await RunAsync<DbDataSource, int>(async d => { await d.CountDayAsync(new DateOnly(2026, 11, day), default); return 0; });

        var all = await RunAsync<OverviewRows, IReadOnlyList<DayFigures>>(o => o.DaysAsync(Superadmin, default));
        var own = await RunAsync<OverviewRows, IReadOnlyList<DayFigures>>(o => o.DaysAsync(ute, default));

        Assert.Equal([new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 21)], own.Select(d => d.Day));
        Assert.Equal((6, 3, 1799L, 5000L), (all[1].Mailboxes, all[1].Aliases, all[1].UsedBytes, all[1].AllocatedBytes));
        // full and fine have 900 and 899 of 1000.
        Assert.Equal((5, 3, 1799L, 5000L), (own[1].Mailboxes, own[1].Aliases, own[1].UsedBytes, own[1].AllocatedBytes));
        Assert.Equal((5, 2, 2, 1), (own[1].WithQuota, own[1].OverHalf, own[1].OverThreeQuarters, own[1].NearlyFull));
    }

    private static string Lines(OverviewFigures figures) => string.Join(", ", figures.Attention.Select(l => $"{l.What} {l.Count}"));

    private async Task WorldAsync()
    {
        await DomainAsync("example.org");
        await DomainAsync("expiring.example");
        foreach (var name in (string[])["full", "new", "ending", "attacked", "fine"]) await MailboxAsync($"{name}@example.org", quota: 1000);
        await MailboxAsync("old@expiring.example");
        await AliasAsync("@example.org", "x@y.example");
        await AliasAsync("soon@example.org", "x@y.example");
        await AliasAsync("everyone@example.org");
        await AskAsync(
            """
            UPDATE addresses SET is_group = 1 WHERE address = 'everyone@example.org';
            UPDATE addresses SET active_until = UTC_TIMESTAMP(6) + INTERVAL 13 DAY WHERE address IN ('ending@example.org', 'soon@example.org');
            UPDATE addresses SET active_until = UTC_TIMESTAMP(6) + INTERVAL 15 DAY WHERE address = 'fine@example.org';
            UPDATE addresses SET active_until = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE address = 'attacked@example.org';
            UPDATE domains SET password_max_age_days = 30 WHERE name = 'expiring.example';
            UPDATE mailboxes SET password_changed_at = UTC_TIMESTAMP(6) - INTERVAL 17 DAY;
            INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('full@example.org', 900, 1), ('fine@example.org', 899, 1);
            INSERT INTO mailbox_logins (address, service, seconds) SELECT address, 'imap', 1700000000 FROM addresses WHERE address IN ('fine@example.org', 'attacked@example.org', 'old@expiring.example');
            INSERT INTO notices (kind, mailbox_id, created_at, due_at, failures, refusal)
              SELECT 'welcome', m.id, UTC_TIMESTAMP(6), IF(a.address = 'new@example.org', NULL, UTC_TIMESTAMP(6)), 1, '550 no' FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.address IN ('new@example.org', 'fine@example.org');
            INSERT INTO refused_sign_ins (mailbox_id, service, day, remote_address, last_at, times)
              SELECT m.id, 'imap', DATE(UTC_TIMESTAMP(6) - INTERVAL b.hours HOUR), '192.0.2.1', UTC_TIMESTAMP(6) - INTERVAL b.hours HOUR, 3
              FROM mailboxes m JOIN addresses a ON a.id = m.address_id JOIN (SELECT 'attacked@example.org' AS address, 23 AS hours UNION SELECT 'fine@example.org', 25) b ON b.address = a.address
            """);
        await RunAsync<DbDataSource, int>(d => d.CountMailboxFiguresAsync(default));
    }

    private async Task ManyAsync(int count)
    {
        var id = await DomainAsync("example.org");
        await AskAsync(
            $"""
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('box', LPAD(seq, 5, '0'), '@example.org'), {id}, 'mailbox', 1 FROM seq_1_to_{count};
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, quota_bytes, keeps_copy, version, created_at, updated_at)
              SELECT id, kind, 'x', UTC_TIMESTAMP(6), id, 10000, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
            INSERT INTO mailbox_usage (address, bytes, messages) SELECT address, 10 * (id % 7), 1 FROM addresses WHERE id % 7 > 0;
            INSERT INTO mailbox_logins (address, service, seconds) SELECT address, 'imap', 1700000000 + id % 5 FROM addresses WHERE id % 8 = 0;
            UPDATE domains SET mailbox_count = {count}
            """);
        await RunAsync<DbDataSource, int>(d => d.CountMailboxFiguresAsync(default));
    }
}
