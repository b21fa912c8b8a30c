using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Whatever a list is ordered by, forwards and backwards over equal values, each row stands in it once.</summary>
public sealed class ListOrderTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly DomainName Domain = DomainName.Parse("example.org");

    /// <summary>7 values among 120 mailboxes: every page begins and ends within equal ones.</summary>
    [MariaDbTheory]
    [InlineData(ListSort.Used)]
    [InlineData(ListSort.LastSignIn)]
    [InlineData(ListSort.Added)]
    [InlineData(ListSort.Name)]
    public async Task Mailboxes_stand_in_every_order_once_both_ways(ListSort sort)
    {
        await FillAsync();
        var admin = await DomainAdminAsync("ute", "example.org");
        foreach (var actor in new[] { Superadmin, admin })
        {
            foreach (var isDescending in new[] { false, true })
            {
                var request = new PageRequest { Sort = sort, IsDescending = isDescending };
                await WalkAsync(request, r => RunAsync<MailboxRows, RowPage<MailboxRow>?>(m => m.OfDomainAsync(Domain, r, actor, default))!, 120, sort);
                await WalkAsync(request, r => RunAsync<MailboxRows, RowPage<MailboxRow>>(m => m.EverywhereAsync(r, actor, default))!, actor == admin ? 120 : 130, sort);
            }
        }
    }

    [MariaDbFact]
    public async Task Nearly_full_mailboxes_come_first_whatever_their_size()
    {
        await DomainAsync("example.org");
        await MailboxAsync("small@example.org", quota: 1000);
        await MailboxAsync("large@example.org", quota: 1_000_000);
        await MailboxAsync("endless@example.org");
        await AskAsync("INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('small@example.org', 950, 1), ('large@example.org', 500000, 1), ('endless@example.org', 9000000, 1)");
        await CountAsync();

        var page = await RunAsync<MailboxRows, RowPage<MailboxRow>?>(r => r.OfDomainAsync(Domain, new() { Sort = ListSort.Used, IsDescending = true }, Superadmin, default));

        Assert.Equal(["small@example.org", "large@example.org", "endless@example.org"], page!.Rows.Select(r => r.Address));
    }

    [MariaDbFact]
    public async Task Domains_are_ordered_by_their_counters_over_equal_ones()
    {
        foreach (var i in Enumerable.Range(1, 120)) await DomainAsync($"d{i:D3}.example");
        await AskAsync("UPDATE domains SET mailbox_count = id % 7, alias_count = id % 3, allocated_quota = id % 2");
        foreach (var sort in new[] { ListSort.Mailboxes, ListSort.Aliases, ListSort.Allocated, ListSort.Name })
        {
            foreach (var isDescending in new[] { false, true })
            {
                var seen = await AllAsync(new PageRequest { Sort = sort, IsDescending = isDescending }, r => RunAsync<DomainRows, RowPage<DomainRow>>(d => d.PageAsync(r, Superadmin, default))!);
                Assert.Equal(120, seen.Select(d => d.Id).Distinct().Count());
                Assert.Equal(120, seen.Count);
                var values = seen.ConvertAll(d => sort switch { ListSort.Mailboxes => d.MailboxCount, ListSort.Aliases => d.AliasCount, ListSort.Allocated => d.AllocatedQuota, _ => int.Parse(d.Name.Value[1..4], System.Globalization.CultureInfo.InvariantCulture) });
                Assert.Equal(isDescending ? values.OrderDescending() : values.Order(), values);
            }
        }
    }

    [MariaDbFact]
    public async Task Aliases_are_ordered_by_when_they_were_added()
    {
        await DomainAsync("example.org");
        await AliasAsync("zebra@example.org", "x@y.example");
        await AliasAsync("@example.org", "x@y.example");
        await AliasAsync("ant@example.org", "x@y.example");

        var newest = await RunAsync<AliasRows, RowPage<AliasRow>>(r => r.EverywhereAsync(new() { Sort = ListSort.Added, IsDescending = true }, Superadmin, default));

        Assert.Equal(["ant@example.org", "@example.org", "zebra@example.org"], newest.Rows.Select(r => r.Address));
    }

    [MariaDbFact]
    public async Task What_left_while_it_was_counted_stands_in_no_list()
    {
        await DomainAsync("example.org");
        await AskAsync("INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'gone@example.org', id, 'recycled', 0 FROM domains; INSERT INTO mailbox_figures (address_id, domain_id, fullness, last_sign_in) SELECT id, domain_id, 5, 0 FROM addresses");

        var page = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(new() { Sort = ListSort.Used }, Superadmin, default));

        Assert.Empty(page.Rows);
    }

    private async Task WalkAsync(PageRequest request, Func<PageRequest, Task<RowPage<MailboxRow>?>> next, int count, ListSort sort)
    {
        var forth = await AllAsync(request, next);
        Assert.Equal(count, forth.Count);
        Assert.Equal(count, forth.Select(r => r.Address).Distinct().Count());
        IEnumerable<long> values = forth.Select(r => sort switch { ListSort.Used => r.UsedBytes, ListSort.LastSignIn => r.LastLoginAt?.Ticks ?? 0, ListSort.Added => r.Id, _ => 0 }).ToList();
        Assert.Equal(request.IsDescending ? values.OrderDescending() : values.Order(), values);

        var back = new List<MailboxRow>();
        var before = request with { IsLast = true };
        while (await next(before) is { } page)
        {
            back.InsertRange(0, page.Rows);
            if (!page.HasPrevious) break;

            before = request with { Before = page.FirstKey };
        }
        Assert.Equal(forth, back);
    }

    internal static async Task<List<TRow>> AllAsync<TRow>(PageRequest request, Func<PageRequest, Task<RowPage<TRow>?>> next)
    {
        var rows = new List<TRow>();
        while (await next(request) is { } page)
        {
            rows.AddRange(page.Rows);
            if (!page.HasNext) break;

            request = request with { After = page.LastKey };
        }
        return rows;
    }

    private async Task FillAsync()
    {
        var (one, other) = (await DomainAsync("example.org"), await DomainAsync("other.example"));
        await AskAsync($"""
            INSERT INTO addresses (address, domain_id, kind, is_active)
              SELECT CONCAT('box', LPAD(seq, 3, '0'), '@example.org'), {one}, 'mailbox', 1 FROM seq_1_to_120 UNION ALL SELECT CONCAT('box', seq, '@other.example'), {other}, 'mailbox', 1 FROM seq_1_to_10;
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, quota_bytes, keeps_copy, version, created_at, updated_at)
              SELECT id, kind, 'x', UTC_TIMESTAMP(6), id, 10000, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses ORDER BY id;
            INSERT INTO mailbox_usage (address, bytes, messages) SELECT address, 1000 * (id % 7), 1 FROM addresses WHERE id % 7 > 0;
            INSERT INTO mailbox_logins (address, service, seconds) SELECT address, IF(id % 2 = 0, 'imap', 'pop3'), 1700000000 + id % 5 FROM addresses WHERE id % 5 > 0;
            """);
        await CountAsync();
    }

    private Task<int> CountAsync() => RunAsync<DbDataSource, int>(async d => { await d.CountMailboxFiguresAsync(default); await d.CountDayAsync(new DateOnly(2026, 11, 21), default); return 0; });
}
