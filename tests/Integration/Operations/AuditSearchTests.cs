using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Audit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class AuditSearchTests(OperationsDatabase database) : OperationsTest(database)
{
    private const int Many = 1_000_000;

    [MariaDbFact]
    public async Task Entries_are_found_by_who_what_change_and_day_and_signs_of_like_are_letters()
    {
        await AddAsync(1, "ute", "mailbox.create", "bob@example.org", "2026-01-01 23:59:59.999999");
        await AddAsync(2, "ute", "mailbox.delete", "o'connor+<script>@example.org", "2026-01-02 00:00:00");
        await AddAsync(3, "cli:root", "mailbox.create", "%", "2026-01-02 23:59:59.999999");
        await AddAsync(4, "root", "domain.create", "_\\", "2026-01-03 00:00:00");

        Assert.Equal([2, 1], await IdsAsync(new() { Actor = " ute " }));
        Assert.Equal([2], await IdsAsync(new() { Subject = "o'connor+<script>@example.org" }));
        Assert.Equal([3], await IdsAsync(new() { Subject = "%" }));
        Assert.Equal([4], await IdsAsync(new() { Subject = "_\\" }));
        Assert.Equal([3, 1], await IdsAsync(new() { Action = "mailbox.create" }));
        Assert.Equal([3, 2], await IdsAsync(new() { From = "2026-01-02", Until = "2026-01-02" }));
        Assert.Equal([3], await IdsAsync(new() { From = "2026-01-02", Action = "mailbox.create" }));
        Assert.Empty(await IdsAsync(new() { Actor = "nobody" }));
        // What cannot be read is no filter.
        Assert.Equal([4, 3, 2, 1], await IdsAsync(new() { From = "yesterday", Until = "9999-12-31", Before = "1-2-3" }));
    }

    /// <summary>Pages show names as people write them, and whoever copies one from there finds it.</summary>
    [MariaDbTheory]
    [InlineData("bob@bücher.example", 1)]
    [InlineData("Bob@XN--BCHER-KVA.example", 1)]
    [InlineData("@bücher.example", 2)]
    [InlineData("Bücher.Example", 3)]
    [InlineData("Gold", 4)]
    public async Task A_name_is_found_as_it_is_shown(string typed, int id)
    {
        await AddAsync(1, "ute", "mailbox.create", "bob@xn--bcher-kva.example", "2026-01-01");
        await AddAsync(2, "ute", "alias.create", "@xn--bcher-kva.example", "2026-01-01");
        await AddAsync(3, "ute", "domain.create", "xn--bcher-kva.example", "2026-01-01");
        await AddAsync(4, "ute", "template.create", "Gold", "2026-01-01");

        Assert.Equal([id], await IdsAsync(new() { Subject = typed }));
    }

    [MariaDbFact]
    public async Task Pages_go_on_below_a_key_when_many_entries_have_one_time()
    {
        await AskAsync("INSERT INTO audit_entries (id, at, actor, request_id, action, subject) SELECT seq, '2026-01-01', 'root', 'r', 'domain.create', 'x' FROM seq_1_to_120");

        var first = await PageAsync(new());
        var second = await PageAsync(new() { Before = first[49].Key.ToString() });

        Assert.Equal((51, 120, 71), (first.Count, first[0].Id, first[49].Id));
        Assert.Equal((51, 70, 21), (second.Count, second[0].Id, second[49].Id));
        Assert.Equal(20, (await PageAsync(new() { Before = second[49].Key.ToString() })).Count);
    }

    /// <summary>What makes the last page of a million entries cost what the first does: the rows that the server says it read are those of the page.</summary>
    [MariaDbFact]
    public async Task A_page_of_a_million_entries_reads_the_rows_it_shows_with_any_filter()
    {
        await AskAsync(
            $"""
            INSERT INTO audit_entries (id, at, actor, request_id, action, subject)
              SELECT seq, '2020-01-01' + INTERVAL seq MINUTE, CONCAT('admin', seq % 100), 'r', ELT(1 + seq % 7, 'mailbox.create', 'mailbox.update', 'mailbox.delete', 'alias.create', 'alias.update', 'account.sign-in', 'domain.update'),
                CONCAT('box', seq % 5000, '@example.org') FROM seq_1_to_{Many};
            ANALYZE TABLE audit_entries
            """);
        var middle = new AuditKey(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(Many / 2), Many / 2).ToString();
        var last = new AuditKey(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(51), 51).ToString();

        foreach (var query in new AuditQuery[]
        {
            new(), new() { Before = middle }, new() { Before = last }, new() { Until = "2020-06-01" },
            new() { Actor = "admin7" }, new() { Actor = "admin7", Before = middle }, new() { Actor = "admin7", Until = "2020-06-01" },
            new() { Subject = "box77@example.org" }, new() { Subject = "box77@example.org", From = "2020-06-01", Until = "2021-01-01" },
            new() { Action = "alias.create" }, new() { Action = "alias.create", Before = middle },
        })
        {
            var (read, plan) = await RowsReadAsync(query);

            Assert.True(read is > 0 and < 200, $"{query}: {read} rows read\n{plan}");
            Assert.DoesNotContain("filesort", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("\tALL\t", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Before_and_after_stand_side_by_side()
    {
        var values = ChangedValue.Of("""{"name":null,"quota":5,"access":{"imap":true},"to":["a","b"]}""", """{"name":"<b>","quota":5,"to":["a"],"new":false}""");

        Assert.Equal(
            [new("name", null, "<b>"), new("quota", "5", "5"), new("access.imap", "true", null), new("to", "a\nb", "a"), new("new", null, "false")],
            values);
        Assert.Empty(ChangedValue.Of(null, null));
    }

    /// <summary>The attack: an admin of one domain reads who did what in another, or to the admins.</summary>
    [MariaDbFact]
    public async Task A_domain_admin_finds_what_was_changed_in_domains_whose_logs_are_theirs()
    {
        var (own, other) = (await DomainAsync("example.org"), await DomainAsync("other.example"));
        var ute = await DomainAdminAsync("ute", "example.org", "other.example");
        await AskAsync($"UPDATE domain_admins SET permissions = {(int)(DomainPermissions.All & ~DomainPermissions.Logs)} WHERE domain_id = {other}");
        await AskAsync(
            $"""
            INSERT INTO audit_entries (id, at, actor, request_id, action, subject, domain_id) VALUES
              (1, '2026-01-01', 'root', 'r', 'mailbox.create', 'a@example.org', {own}), (2, '2026-01-02', 'root', 'r', 'mailbox.create', 'a@other.example', {other}),
              (3, '2026-01-03', 'root', 'r', 'admin.create', 'ute', NULL), (4, '2026-01-04', 'ute', 'r', 'mailbox.delete', 'b@example.org', {own})
            """);

        Assert.Equal([4, 1], (await OfAsync(new(), ute)).Select(r => r.Id));
        Assert.Equal([1], (await OfAsync(new() { Actor = "root" }, ute)).Select(r => r.Id));
        Assert.Null(await RunAsync<AuditRows, AuditEntry?>(r => r.FindAsync(2, ute, default)));
        Assert.Null(await RunAsync<AuditRows, AuditEntry?>(r => r.FindAsync(3, ute, default)));
        Assert.Empty(await OfAsync(new(), await DomainAdminAsync("nobody")));
        Assert.Equal([4, 1], await RunAsync<AuditRows, List<long>>(async r => await r.AllAsync(new(), ute, default).Select(e => e.Id).ToListAsync()));
    }

    /// <summary>Of a million entries 60 are in the one domain of an admin: the page reads those, not the million.</summary>
    [MariaDbFact]
    public async Task A_page_for_a_small_domain_among_a_million_entries_reads_the_rows_it_shows()
    {
        var own = await DomainAsync("example.org");
        var ute = await DomainAdminAsync("ute", "example.org");
        await AskAsync(
            $"""
            INSERT INTO audit_entries (id, at, actor, request_id, action, subject, domain_id)
              SELECT seq, '2020-01-01' + INTERVAL seq MINUTE, 'root', 'r', 'mailbox.create', 'x', IF(seq <= 60, {own}, {own} + 1 + seq % 2000) FROM seq_1_to_{Many};
            ANALYZE TABLE audit_entries
            """);

        var read = await DbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var start = await HandlerReadsAsync(db);
            var rows = await new AuditRows(db).PageAsync(new AuditRequest(), ute, default);
            Assert.Equal((51, 60), (rows.Count, rows[0].Id));
            return await HandlerReadsAsync(db) - start;
        });
        // Reading the status twice reads some hundreds.
        Assert.True(read < 5000, $"{read} rows read");
    }

    private Task<(long Read, string Plan)> RowsReadAsync(AuditQuery query) => DbAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        var start = await HandlerReadsAsync(db);
        // Reading the status reads rows, too.
        var own = await HandlerReadsAsync(db) - start;
        await new AuditRows(db).PageAsync(query.ToRequest(), Superadmin, default);
        return (await HandlerReadsAsync(db) - start - (2 * own), await PlanAsync(query));
    });

    /// <summary>EXPLAIN by the mariadb client, of the conditions as the query has them.</summary>
    private Task<string> PlanAsync(AuditQuery query)
    {
        var request = query.ToRequest();
        var conditions = new List<string> { "1" };
        if (request.Actor is { } actor) conditions.Add($"actor = '{actor}'");
        if (request.Subject is { } subject) conditions.Add($"subject = '{subject}'");
        if (request.Action is { } action) conditions.Add($"action = '{action}'");
        if (request.From is { } from) conditions.Add($"at >= '{from:yyyy-MM-dd HH:mm:ss}'");
        if (request.Before is { } before) conditions.Add($"at < '{before:yyyy-MM-dd HH:mm:ss}'");
        if (request.Below is { At: var at, Id: var id }) conditions.Add($"at <= '{at:yyyy-MM-dd HH:mm:ss}' AND (at < '{at:yyyy-MM-dd HH:mm:ss}' OR id < {id})");
        return AskAsync($"EXPLAIN SELECT id, at, actor, source, action, subject FROM audit_entries WHERE {string.Join(" AND ", conditions)} ORDER BY at DESC, id DESC LIMIT 51");
    }

    private static Task<long> HandlerReadsAsync(AdminDb db) => db.Database.SqlQueryRaw<long>(
        "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) AS `Value` FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'Handler_read%'").SingleAsync();

    private Task<string> AddAsync(int id, string actor, string action, string subject, string at) => AskAsync(
        $"INSERT INTO audit_entries (id, at, actor, request_id, action, subject) VALUES ({id}, '{at}', '{actor}', 'r', '{action}', '{subject.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}')");

    private async Task<IEnumerable<long>> IdsAsync(AuditQuery query) => (await PageAsync(query)).Select(r => r.Id);

    private Task<IReadOnlyList<AuditRow>> OfAsync(AuditQuery query, Actor actor) => RunAsync<AuditRows, IReadOnlyList<AuditRow>>(r => r.PageAsync(query.ToRequest(), actor, default));

    private Task<IReadOnlyList<AuditRow>> PageAsync(AuditQuery query) => RunAsync<AuditRows, IReadOnlyList<AuditRow>>(r => r.PageAsync(query.ToRequest(), Superadmin, default));
}
