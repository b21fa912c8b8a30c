using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Audit;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Find;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
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

    /// <summary>The promise: what the panel calls active, the daemons serve. Postfix and Dovecot refuse everything of an inactive domain.</summary>
    [MariaDbFact]
    public async Task Nothing_of_an_inactive_domain_is_called_active()
    {
        await DomainAsync("example.org", isActive: false);
        await MailboxAsync("on@example.org");
        await MailboxAsync("off@example.org");
        await AliasAsync("info@example.org", "on@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'");

        Assert.Equal([AddressState.Inactive, AddressState.DomainInactive], (await PageAsync(new())).Rows.Select(r => r.State));
        Assert.Empty((await PageAsync(new() { State = StateFilter.Active })).Rows);
        var mailbox = await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse("on@example.org"), Superadmin, default));
        Assert.Equal((AddressState.DomainInactive, AddressState.DomainInactive), (mailbox!.State, Assert.Single(mailbox.ForwardedFrom).State));
        var alias = await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync("info@example.org", Superadmin, default));
        Assert.Equal(AddressState.DomainInactive, alias!.State);
        Assert.DoesNotContain((await RunAsync<FoundRows, FoundThings>(r => r.FindAsync(new() { Filter = "o" }, Superadmin, default))).Addresses, a => a.State == AddressState.Active);
    }

    [MariaDbFact]
    public async Task A_row_has_what_the_list_shows()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org", quota: 5L << 30, keepsCopy: false, forwards: ["x@y.example", "z@y.example"]);

        Assert.Equal(new MailboxRow(id, "bob@example.org", null, 5L << 30, AddressState.Active, 2, false, new MailboxAccess(true, true, true, true, null)), Assert.Single((await PageAsync(new())).Rows));
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
    public async Task A_filter_asks_the_catch_all_too()
    {
        await DomainAsync("example.org");
        await AliasAsync("info@example.org", "x@y.example");
        await AliasAsync("@example.org", "x@y.example");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE kind = 'catch_all'");

        Assert.Equal(["@example.org"], await OfDomainAsync(new() { State = StateFilter.Inactive }));
        Assert.Equal(["info@example.org"], await OfDomainAsync(new() { State = StateFilter.Active }));
        Assert.Equal(["@example.org"], await OfDomainAsync(new() { Filter = "@exam" }));
        Assert.Equal(["info@example.org"], await OfDomainAsync(new() { Filter = "inf" }));

        async Task<IEnumerable<string>> OfDomainAsync(PageRequest request) =>
            (await RunAsync<AliasRows, RowPage<AliasRow>?>(r => r.OfDomainAsync(Domain, request, Superadmin, default)))!.Rows.Select(r => r.Address);
    }

    /// <summary>Digits stand before "@" and letters behind it, so catch-alls stand in the middle of the list: here across both borders of a page.</summary>
    [MariaDbFact]
    public async Task The_aliases_of_all_domains_stand_among_their_catch_alls_across_pages()
    {
        await ManyAliasesAsync(domains: 60, before: 45, after: 45);
        string[] wanted =
        [
            .. Enumerable.Range(1, 45).Select(i => $"{i:D5}@d01.example"),
            .. Enumerable.Range(1, 60).Select(i => $"@d{i:D2}.example"),
            .. Enumerable.Range(1, 45).Select(i => $"u{i:D5}@d01.example"),
        ];

        var first = await EverywhereAsync(new());
        var second = await EverywhereAsync(new() { After = first.LastKey });
        var third = await EverywhereAsync(new() { After = second.LastKey });
        var last = await EverywhereAsync(new() { IsLast = true });
        var back = await EverywhereAsync(new() { Before = third.FirstKey });

        Assert.Equal(wanted, first.Rows.Concat(second.Rows).Concat(third.Rows).Select(r => r.Address));
        Assert.Equal((50, 50, 50), (first.Rows.Count, second.Rows.Count, third.Rows.Count));
        Assert.Equal((false, true), (first.HasPrevious, first.HasNext));
        Assert.Equal((true, false), (third.HasPrevious, third.HasNext));
        Assert.Equal(wanted[100..], last.Rows.Select(r => r.Address));
        Assert.Equal(second.Rows, back.Rows);
        Assert.Equal((true, true), (back.HasPrevious, back.HasNext));
        Assert.Equal(60, wanted.Count(a => a[0] == '@'));
        Assert.Equal([AddressKind.Alias, AddressKind.CatchAll], first.Rows.Select(r => r.Kind).Distinct());
        Assert.Equal(wanted[45..95], (await EverywhereAsync(new() { Filter = "@" })).Rows.Select(r => r.Address));
        Assert.Equal([wanted[104]], (await EverywhereAsync(new() { Filter = "@d60" })).Rows.Select(r => r.Address));
    }

    [MariaDbFact]
    public async Task A_page_of_all_aliases_reads_the_rows_it_shows()
    {
        await ManyMailboxesAsync(5000);
        await ManyAliasesAsync(domains: 2000, before: 2000, after: 2000);
        await AskAsync("ANALYZE TABLE domains, addresses, mailboxes, aliases, destinations");

        foreach (var request in new PageRequest[]
        {
            new(), new() { After = "@d1000.example" }, new() { Before = "@d1000.example" }, new() { After = "box02500@example.org" }, new() { IsLast = true }, new() { Filter = "u010" },
        })
        {
            var read = await RowsReadAsync(db => new AliasRows(db).EverywhereAsync(request, Superadmin, default));

            // Twice 51 candidates, and for each of 51 rows its alias and its destinations, twice. Of all there would be thousands.
            Assert.True(read is > 100 and < 1000, $"{request}: {read} rows read");
        }
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
        Assert.Equal(first.Rows.Select(r => r.Name), (await DomainsAsync(new() { Before = second.FirstKey })).Rows.Select(r => r.Name));
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
        await AskAsync("ANALYZE TABLE domains, addresses, mailboxes, destinations, mailbox_figures");

        foreach (var request in new PageRequest[]
        {
            new(), new() { After = "box02500@example.org" }, new() { Before = "box02500@example.org" }, new() { IsLast = true }, new() { Filter = "box031" },
            new() { Sort = ListSort.Used, IsDescending = true }, new() { Sort = ListSort.Used, IsDescending = true, After = "500-2500" }, new() { Sort = ListSort.Used, Before = "500-2500" },
            new() { Sort = ListSort.LastSignIn, IsLast = true }, new() { Sort = ListSort.LastSignIn, After = "3-2500" }, new() { Sort = ListSort.Added, IsDescending = true }, new() { Sort = ListSort.Added, After = "2500" },
        })
        {
            var ofDomain = await RowsReadAsync(db => new MailboxRows(db).OfDomainAsync(Domain, request, Superadmin, default));
            var everywhere = await RowsReadAsync(db => new MailboxRows(db).EverywhereAsync(request, Superadmin, default));

            // For each of 51 rows: its entry and the next, its mailbox, domain, destinations, usage and logins. Of 5,000 all would be tens of thousands.
            Assert.True(ofDomain is > 100 and < 800, $"{request}: {ofDomain} rows read of the domain");
            Assert.True(everywhere is > 100 and < 800, $"{request}: {everywhere} rows read of all");
        }
    }

    /// <summary>A few of 5,000 are found by what they have in common, whatever the list is ordered by.</summary>
    [MariaDbFact]
    public async Task A_filter_that_few_match_reads_those_few()
    {
        await ManyMailboxesAsync(5000);
        await AskAsync(
            """
            UPDATE mailbox_figures SET fullness = IF(address_id % 500 = 0, 950, 100), last_sign_in = IF(address_id % 500 = 1, 0, 5);
            UPDATE addresses SET is_active = 0, active_until = UTC_TIMESTAMP(6) + INTERVAL 5 DAY WHERE id % 500 = 2;
            ANALYZE TABLE domains, addresses, mailboxes, destinations, mailbox_figures
            """);

        foreach (var request in new PageRequest[] { new() { Only = ListOnly.NearlyFull }, new() { Only = ListOnly.NeverUsed }, new() { Only = ListOnly.Ending }, new() { State = StateFilter.Inactive }, new() { Filter = "box0310" } })
        {
            foreach (var sort in new[] { ListSort.Name, ListSort.Used, ListSort.LastSignIn, ListSort.Added })
            {
                var read = await RowsReadAsync(db => new MailboxRows(db).EverywhereAsync(request with { Sort = sort }, Superadmin, default));
                Assert.True(read < 400, $"{request} by {sort}: {read} rows read");
            }
        }

        // And many by that very thing: those that nobody signed in to are the last, where the latest comes first.
        await AskAsync("UPDATE mailbox_figures SET last_sign_in = IF(address_id > 2500, 0, 5)");
        var many = await RowsReadAsync(db => new MailboxRows(db).EverywhereAsync(new() { Only = ListOnly.NeverUsed, Sort = ListSort.LastSignIn, IsDescending = true }, Superadmin, default));
        Assert.True(many < 5_500, $"{many} rows read");
    }

    /// <summary>The start page of whoever has one quiet domain beside a busy one, and of whoever sees nothing but sign-ins.</summary>
    [MariaDbFact]
    public async Task The_latest_changes_are_found_without_reading_all_others()
    {
        var quiet = await DomainAsync("quiet.example");
        var busy = await DomainAsync("busy.example");
        var admin = await DomainAdminAsync("ute", "quiet.example");
        await AskAsync(
            $"""
            INSERT INTO audit_entries (at, actor, request_id, action, subject, domain_id) VALUES (UTC_TIMESTAMP(6) - INTERVAL 1 DAY, 'root', 'r', 'mailbox.create', 'a@quiet.example', {quiet});
            INSERT INTO audit_entries (at, actor, request_id, action, subject, domain_id)
              SELECT UTC_TIMESTAMP(6), 'root', 'r', IF(seq < 5000, 'mailbox.update', 'account.sign-in'), 'b@busy.example', IF(seq < 5000, {busy}, NULL) FROM seq_1_to_10000;
            ANALYZE TABLE audit_entries, domains, domain_admins
            """);
        IReadOnlyList<AuditRow> found = [];

        var own = await RowsReadAsync(async db => found = await new AuditRows(db).LatestAsync(8, admin, default));
        var all = await RowsReadAsync(db => new AuditRows(db).LatestAsync(8, Superadmin, default));

        Assert.Equal(["a@quiet.example"], found.Select(r => r.Subject));
        Assert.True(own < 100, $"{own} rows read for a domain admin");
        Assert.True(all < 5_000, $"{all} rows read for a superadmin");
    }

    private async Task ManyMailboxesAsync(int count)
    {
        var id = await DomainAsync("example.org");
        await Database.Server.ExecuteAsync(
            $"""
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('box', LPAD(seq, 5, '0'), '@example.org'), {id}, 'mailbox', 1 FROM seq_1_to_{count};
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
              SELECT id, kind, 'x', UTC_TIMESTAMP(6), id, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
            INSERT INTO mailbox_figures (address_id, domain_id, fullness, last_sign_in) SELECT id, domain_id, id % 1000, id % 7 FROM addresses;
            UPDATE domains SET mailbox_count = {count};
            """, Database.Name);
    }

    /// <summary>A catch-all in each domain d01.example ..., and in the first one aliases that stand before them in order of address, and behind.</summary>
    private Task<string> ManyAliasesAsync(int domains, int before, int after) => Database.Server.ExecuteAsync(
        $"""
        INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
          SELECT CONCAT('d', LPAD(seq, LENGTH('{domains}'), '0'), '.example'), 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM seq_1_to_{domains};
        SELECT MIN(id) INTO @first FROM domains WHERE name LIKE 'd%.example';
        INSERT INTO addresses (address, domain_id, kind, is_active)
          SELECT CONCAT('@', name), id, 'catch_all', 1 FROM domains WHERE name LIKE 'd%.example' UNION ALL
          SELECT CONCAT(LPAD(seq, 5, '0'), '@d01.example'), @first, 'alias', 1 FROM seq_1_to_{before} UNION ALL
          SELECT CONCAT('u', LPAD(seq, 5, '0'), '@d01.example'), @first, 'alias', 1 FROM seq_1_to_{after};
        INSERT INTO aliases (address_id, kind, version, created_at, updated_at)
          SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind <> 'mailbox';
        INSERT INTO destinations (address_id, address, local_part, domain_name)
          SELECT id, CONCAT(n.seq, '@x.example'), n.seq, 'x.example' FROM addresses, seq_1_to_2 n WHERE kind <> 'mailbox';
        """, Database.Name);

    private Task<RowPage<AliasRow>> EverywhereAsync(PageRequest request) => RunAsync<AliasRows, RowPage<AliasRow>>(r => r.EverywhereAsync(request, Superadmin, default));

    private static IEnumerable<string> Names(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"box{i:D5}@example.org");

    private async Task<RowPage<MailboxRow>> PageAsync(PageRequest request) =>
        (await RunAsync<MailboxRows, RowPage<MailboxRow>?>(r => r.OfDomainAsync(Domain, request, Superadmin, default)))!;

    private Task<RowPage<DomainRow>> DomainsAsync(PageRequest request) => RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(request, Superadmin, default));
}
