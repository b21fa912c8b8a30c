using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Audit;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A page costs what it shows, wherever it is in its list: counted in the rows that the server says it read.</summary>
public sealed class RowsReadTests(OperationsDatabase database) : ManyRowsTest(database)
{
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
}
