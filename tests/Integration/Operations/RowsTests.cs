using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class RowsTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly DomainName Domain = DomainName.Parse("example.org");

    [MariaDbFact]
    public async Task Pages_of_mailboxes_lead_forward_and_back_and_to_the_end()
    {
        await ManyMailboxesAsync(120);

        var first = await PageAsync(new());
        var second = await PageAsync(new() { After = first.LastKey });
        var third = await PageAsync(new() { After = second.LastKey });
        var back = await PageAsync(new() { Before = second.FirstKey });
        var last = await PageAsync(new() { IsLast = true });

        Assert.Equal((50, false, true, 120), (first.Rows.Count, first.HasPrevious, first.HasNext, first.Total));
        Assert.Equal(Names(1, 50), first.Rows.Select(r => r.Address));
        Assert.Equal(Names(51, 100), second.Rows.Select(r => r.Address));
        Assert.Equal((20, true, false), (third.Rows.Count, third.HasPrevious, third.HasNext));
        Assert.Equal(first.Rows, back.Rows);
        Assert.Equal((false, true), (back.HasPrevious, back.HasNext));
        Assert.Equal(Names(71, 120), last.Rows.Select(r => r.Address));
        Assert.Equal((true, false), (last.HasPrevious, last.HasNext));
    }

    [MariaDbFact]
    public async Task A_filter_is_a_beginning_and_signs_of_like_are_letters()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org");
        await MailboxAsync("bobby@example.org");
        await MailboxAsync("b_b@example.org");
        await MailboxAsync("abob@example.org");

        Assert.Equal(["bob@example.org", "bobby@example.org"], (await PageAsync(new() { Filter = " BOB " })).Rows.Select(r => r.Address));
        Assert.Equal(["b_b@example.org"], (await PageAsync(new() { Filter = "b_" })).Rows.Select(r => r.Address));
        Assert.Empty((await PageAsync(new() { Filter = "%" })).Rows);
        Assert.Empty((await PageAsync(new() { Filter = "\ud800" })).Rows);
        Assert.Null((await PageAsync(new() { Filter = "bob" })).Total);
    }

    [MariaDbFact]
    public async Task A_state_shows_the_active_or_the_inactive_ones()
    {
        await DomainAsync("example.org");
        await MailboxAsync("on@example.org");
        var off = await MailboxAsync("off@example.org");
        Done(await RunAsync<SetMailboxActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = off }, Superadmin, default)));

        Assert.Equal(["on@example.org"], (await PageAsync(new() { State = StateFilter.Active })).Rows.Select(r => r.Address));
        Assert.Equal(["off@example.org"], (await PageAsync(new() { State = StateFilter.Inactive })).Rows.Select(r => r.Address));
    }

    [MariaDbFact]
    public async Task A_row_has_what_the_list_shows()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org", quota: 5L << 30, keepsCopy: false, forwards: ["x@y.example", "z@y.example"]);

        Assert.Equal(new MailboxRow(id, "bob@example.org", null, 5L << 30, true, 2, false), Assert.Single((await PageAsync(new())).Rows));
    }

    [MariaDbFact]
    public async Task The_catch_all_stands_before_the_first_aliases()
    {
        await DomainAsync("example.org");
        await AliasAsync("1st@example.org", "z@y.example", "a@y.example");
        await AliasAsync("@example.org", "x@y.example");

        var page = await RunAsync<AliasRows, RowPage<AliasRow>?>(r => r.OfDomainAsync(Domain, new(), Superadmin, default));

        Assert.Equal(["@example.org", "1st@example.org"], page!.Rows.Select(r => r.Address));
        Assert.Equal([AddressKind.CatchAll, AddressKind.Alias], page.Rows.Select(r => r.Kind));
        Assert.Equal((2, "a@y.example"), (page.Rows[1].DestinationCount, page.Rows[1].FirstDestination));
        Assert.Equal(2, page.Total);
    }

    [MariaDbFact]
    public async Task Domains_page_by_name_and_are_found_by_their_own_letters()
    {
        foreach (var i in Enumerable.Range(1, 60)) await DomainAsync($"d{i:D2}.example");
        await DomainAsync("münchen.de");
        await AliasDomainAsync("alias.example", "d01.example");

        var first = await DomainsAsync(new());
        var second = await DomainsAsync(new() { After = first.LastKey });

        Assert.Equal((50, "d01.example", "d50.example", 61), (first.Rows.Count, first.FirstKey, first.LastKey, first.Total));
        Assert.Equal(11, second.Rows.Count);
        Assert.Equal(1, first.Rows[0].AliasDomainCount);
        Assert.Equal(first.Rows, (await DomainsAsync(new() { Before = second.FirstKey })).Rows);
        Assert.Equal(["xn--mnchen-3ya.de"], (await DomainsAsync(new() { Filter = "MÜNCHEN.de" })).Rows.Select(r => r.Name.Value));
        Assert.Equal(10, (await DomainsAsync(new() { Filter = "d1" })).Rows.Count);
        Assert.Equal(50, (await DomainsAsync(new() { After = "no name at all" })).Rows.Count);
    }

    /// <summary>
    /// What makes the last page cost what the first does: the rows that the server says it read are those of the page.
    /// </summary>
    [MariaDbFact]
    public async Task First_next_last_and_filtered_pages_read_the_rows_they_show()
    {
        await ManyMailboxesAsync(5000);
        await AskAsync("ANALYZE TABLE domains, addresses, mailboxes, destinations");

        foreach (var request in new PageRequest[]
        {
            new(), new() { After = "box02500@example.org" }, new() { IsLast = true }, new() { Filter = "box031" },
        })
        {
            var read = await RowsReadAsync(request);

            // For each of 51 rows: its entry and the next, its mailbox, its destinations. Of 5,000 all would be tens of thousands.
            Assert.True(read is > 100 and < 500, $"{request}: {read} rows read");
        }
    }

    // On one connection: what other tests read at the same time is not in a session's status.
    private Task<long> RowsReadAsync(PageRequest request) => DbAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        var start = await HandlerReadsAsync(db);
        // Reading the status reads rows, too.
        var own = await HandlerReadsAsync(db) - start;
        await new MailboxRows(db).OfDomainAsync(Domain, request, Superadmin, default);
        return await HandlerReadsAsync(db) - start - (2 * own);
    });

    private static Task<long> HandlerReadsAsync(AdminDb db) => db.Database.SqlQueryRaw<long>(
        "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) AS `Value` FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'Handler_read%'").SingleAsync();

    private async Task ManyMailboxesAsync(int count)
    {
        var id = await DomainAsync("example.org");
        await Database.Server.ExecuteAsync(
            $"""
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('box', LPAD(seq, 5, '0'), '@example.org'), {id}, 'mailbox', 1 FROM seq_1_to_{count};
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
              SELECT id, kind, 'x', UTC_TIMESTAMP(6), id, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
            UPDATE domains SET mailbox_count = {count};
            """, Database.Name);
    }

    private static IEnumerable<string> Names(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"box{i:D5}@example.org");

    private async Task<RowPage<MailboxRow>> PageAsync(PageRequest request) =>
        (await RunAsync<MailboxRows, RowPage<MailboxRow>?>(r => r.OfDomainAsync(Domain, request, Superadmin, default)))!;

    private Task<RowPage<DomainRow>> DomainsAsync(PageRequest request) => RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(request, Superadmin, default));
}
