using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

public sealed class QueryTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task A_page_is_cut_by_the_server()
    {
        await SaveAsync([.. Enumerable.Range(1, 9).Select(i => AShelf($"shelf {i}"))]);
        var (skip, take) = (3, 2);

        await using var db = Database.Open();
        Assert.Equal(["shelf 4", "shelf 5"], await db.Shelves.OrderBy(s => s.Name).Skip(skip).Take(take).Select(s => s.Name).ToListAsync());
        Assert.Contains("LIMIT @", Database.Statements[^1], StringComparison.Ordinal);
        Assert.Contains("OFFSET @", Database.Statements[^1], StringComparison.Ordinal);
        Assert.Equal(["shelf 8", "shelf 9"], await db.Shelves.OrderBy(s => s.Name).Skip(7).Select(s => s.Name).ToListAsync());
        Assert.Equal("shelf 9", (await db.Shelves.OrderByDescending(s => s.Name).FirstAsync()).Name);
    }

    [MariaDbFact]
    public async Task A_list_of_values_becomes_parameters()
    {
        await SaveAsync(AShelf("a"), AShelf("b"), AShelf("c"));
        IReadOnlyList<string> wanted = ["a", "c", "x"];
        IReadOnlyList<string> none = [];
        string[] array = ["b"];

        await using var db = Database.Open();
        Assert.Equal(["a", "c"], await db.Shelves.Where(s => wanted.Contains(s.Name)).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync());
        Assert.DoesNotContain("'x'", Database.Statements[^1].Split("SELECT")[1], StringComparison.Ordinal);
        Assert.Equal(0, await db.Shelves.CountAsync(s => none.Contains(s.Name)));
        Assert.Equal(1, await db.Shelves.CountAsync(s => array.Contains(s.Name)));
        Assert.Equal(2, await db.Shelves.CountAsync(s => !array.Contains(s.Name)));
        Assert.Equal(2, await db.Shelves.CountAsync(s => wanted.Any(start => EF.Functions.Like(s.Name, start + "%"))));
    }

    [MariaDbFact]
    public async Task A_table_is_read_through_the_index_that_a_query_names()
    {
        await SaveAsync(AShelf("c", ABook("a", 1)), AShelf("a"), AShelf("b"));
        var without = "b";

        await using var db = Database.Open();
        var shelves = db.Shelves.ForceIndex("IX_shelves_Name");
        Assert.Equal(["a", "c"], await shelves.Where(s => s.Name != without).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync());
        Assert.Contains("FROM `shelves` AS `s` FORCE INDEX (`IX_shelves_Name`)", Database.Statements[^1], StringComparison.Ordinal);
        Assert.Equal("c", (await shelves.Include(s => s.Books).SingleAsync(s => s.Books.Any())).Name);
        Assert.Equal(4, await shelves.Take(2).Concat(db.Shelves.ForceIndex("PRIMARY").Take(2)).CountAsync());
        await Assert.ThrowsAsync<MariaDbException>(() => db.Shelves.ForceIndex("no such index").CountAsync());
    }

    [MariaDbFact]
    public async Task Related_rows_come_in_one_query_or_split()
    {
        await SaveAsync(AShelf("full", ABook("b", 2), ABook("a", 1)), AShelf("empty"));

        await using var db = Database.Open();
        var joined = await db.Shelves.Include(s => s.Books.OrderBy(b => b.Pages)).OrderBy(s => s.Name).AsNoTracking().ToListAsync();
        var split = await db.Shelves.Include(s => s.Books.OrderBy(b => b.Pages)).OrderBy(s => s.Name).AsNoTracking().AsSplitQuery().ToListAsync();
        var firsts = await db.Shelves.Include(s => s.Books.OrderBy(b => b.Pages).Take(1)).OrderBy(s => s.Name).AsNoTracking().ToListAsync();

        foreach (var shelves in new[] { joined, split })
        {
            Assert.Empty(shelves[0].Books);
            Assert.Equal(["a", "b"], shelves[1].Books.Select(b => b.Title));
        }
        Assert.Equal(["a"], firsts[1].Books.Select(b => b.Title));
    }

    [MariaDbFact]
    public async Task Groups_are_counted_and_added_up_by_the_server()
    {
        await SaveAsync(AShelf("one", ABook("a", 10), ABook("b", 15, Genre.Poem), ABook("c", 20)), AShelf("two", ABook("d", 5)), AShelf("none"));

        await using var db = Database.Open();
        var groups = await db.Books.GroupBy(b => b.Shelf!.Name)
            .Select(g => new { g.Key, Count = g.Count(), Pages = g.Sum(b => b.Pages), Longest = g.Max(b => b.Pages), Mean = g.Average(b => b.Pages), Poems = g.Count(b => b.Genre == Genre.Poem) })
            .OrderBy(g => g.Key).ToListAsync();

        Assert.Equal(["one", "two"], groups.Select(g => g.Key));
        Assert.Equal([3, 1], groups.Select(g => g.Count));
        Assert.Equal([45, 5], groups.Select(g => g.Pages));
        Assert.Equal([20, 5], groups.Select(g => g.Longest));
        Assert.Equal([15.0, 5.0], groups.Select(g => g.Mean));
        Assert.Equal([1, 0], groups.Select(g => g.Poems));
        Assert.Equal(50, await db.Books.SumAsync(b => b.Pages));
        Assert.Equal(50L, await db.Books.SumAsync(b => (long)b.Pages));
        Assert.Equal(0, await db.Books.Where(b => b.Pages > 1000).SumAsync(b => b.Pages));
        Assert.Equal(12.5, await db.Books.AverageAsync(b => b.Pages));
        Assert.Null(await db.Books.Where(b => b.Pages > 1000).MaxAsync(b => (int?)b.Pages));
    }

    [MariaDbFact]
    public async Task Subqueries_count_and_pick_for_each_row()
    {
        await SaveAsync(AShelf("one", ABook("a", 10), ABook("b", 15)), AShelf("two"));

        await using var db = Database.Open();
        var rows = await db.Shelves.OrderBy(s => s.Name)
            .Select(s => new { s.Name, Books = s.Books.Count, Any = s.Books.Any(b => b.Pages > 12), Longest = s.Books.OrderByDescending(b => b.Pages).Select(b => b.Title).FirstOrDefault() })
            .ToListAsync();

        Assert.Equal([("one", 2, true, "b"), ("two", 0, false, null)], rows.Select(r => (r.Name, r.Books, r.Any, r.Longest)));
        Assert.Equal("two", await db.Shelves.Where(s => !s.Books.Any()).Select(s => s.Name).SingleAsync());
        Assert.True(await db.Shelves.AllAsync(s => s.Capacity == 10));
        Assert.False(await db.Shelves.AnyAsync(s => s.Capacity == 11));
    }

    [MariaDbFact]
    public async Task Joins_sets_and_distinct_work()
    {
        await SaveAsync(AShelf("one", ABook("a", 10), ABook("b", 10)), AShelf("two"));

        await using var db = Database.Open();
        var left = await db.Shelves.LeftJoin(db.Books, s => s.Id, b => b.ShelfId, (s, b) => new { s.Name, Title = b == null ? null : b.Title })
            .OrderBy(r => r.Name).ThenBy(r => r.Title).ToListAsync();
        Assert.Equal([("one", "a"), ("one", "b"), ("two", null)], left.Select(r => (r.Name, r.Title)));
        Assert.Equal([10], await db.Books.Select(b => b.Pages).Distinct().ToListAsync());
        Assert.Equal(["b", "one"], (await db.Books.OrderByDescending(b => b.Title).Take(1).Select(b => b.Title)
            .Union(db.Shelves.OrderBy(s => s.Name).Take(1).Select(s => EF.Functions.Collate(s.Name, "utf8mb4_unicode_520_nopad_ci"))).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(["two"], await db.Shelves.Select(s => s.Id).Except(db.Books.Select(b => b.ShelfId)).Join(db.Shelves, id => id, s => s.Id, (_, s) => s.Name).ToListAsync());
        Assert.Equal(3, await db.Books.Select(b => b.Pages).Concat(db.Shelves.Where(s => s.Name == "two").Select(s => s.Capacity)).CountAsync());
    }

    [MariaDbFact]
    public async Task Arithmetic_is_that_of_the_dotnet_types()
    {
        await SaveAsync(AShelf("s", ABook("a", 7)));

        await using var db = Database.Open();
        var row = await db.Books.Select(b => new
        {
            Half = b.Pages / 2,
            Rest = b.Pages % 4,
            Exact = b.Pages / 2.0,
            And = b.Pages & 3,
            Not = ~b.Pages,
            Negative = -b.Pages,
            Abs = Math.Abs(-b.Pages),
            Max = Math.Max(b.Pages, 10),
            Min = Math.Min(b.Pages, 10),
            Floor = Math.Floor(b.Pages / 2.0),
            Ceiling = Math.Ceiling(b.Pages / 2.0),
            Round = Math.Round(b.Pages / 3.0, 1),
            Truncated = Math.Truncate(b.Pages / 2.0),
            Power = Math.Pow(b.Pages, 2),
            Text = b.Pages.ToString(),
            Long = (long)b.Pages * int.MaxValue,
            Bigger = b.Pages > 6,
        }).SingleAsync();

        Assert.Equal((3, 3, 3.5, 3, -8, -7, 7, 10, 7), (row.Half, row.Rest, row.Exact, row.And, row.Not, row.Negative, row.Abs, row.Max, row.Min));
        Assert.Equal((3.0, 4.0, 2.3, 3.0, 49.0), (row.Floor, row.Ceiling, row.Round, row.Truncated, row.Power));
        Assert.Equal(("7", 15032385529L, true), (row.Text, row.Long, row.Bigger));
    }

    [MariaDbFact]
    public async Task Times_are_moved_and_taken_apart_by_the_server()
    {
        var book = ABook("t");
        (book.AddedAt, book.Published) = (new DateTime(2026, 1, 31, 22, 30, 15, DateTimeKind.Utc), new DateOnly(2024, 2, 29));
        await SaveAsync(AShelf("s", book));

        await using var db = Database.Open();
        var row = await db.Books.Select(b => new
        {
            Tomorrow = b.AddedAt.AddDays(1),
            Later = b.AddedAt.AddHours(1.5),
            Earlier = b.AddedAt.AddMinutes(-31),
            NextMonth = b.AddedAt.AddMonths(1),
            b.AddedAt.Year,
            b.AddedAt.Month,
            b.AddedAt.Day,
            b.AddedAt.Hour,
            Midnight = b.AddedAt.Date,
            LeapYear = b.Published.Year,
            NextDay = b.Published.AddDays(1),
            Clock = DateTime.UtcNow,
        }).SingleAsync();

        Assert.Equal(new DateTime(2026, 2, 1, 22, 30, 15), row.Tomorrow);
        Assert.Equal(DateTimeKind.Utc, row.Tomorrow.Kind);
        Assert.Equal(new DateTime(2026, 2, 1, 0, 0, 15), row.Later);
        Assert.Equal(new DateTime(2026, 1, 31, 21, 59, 15), row.Earlier);
        Assert.Equal(new DateTime(2026, 2, 28, 22, 30, 15), row.NextMonth);
        Assert.Equal((2026, 1, 31, 22), (row.Year, row.Month, row.Day, row.Hour));
        Assert.Equal(new DateTime(2026, 1, 31), row.Midnight);
        Assert.Equal((2024, new DateOnly(2024, 3, 1)), (row.LeapYear, row.NextDay));
        Assert.Equal(DateTime.UtcNow, row.Clock, TimeSpan.FromMinutes(1));
        Assert.Equal(1, await db.Books.CountAsync(b => b.AddedAt < DateTime.UtcNow.AddYears(100)));
    }

    [MariaDbFact]
    public async Task A_difference_of_times_is_refused_and_not_computed_on_numbers()
    {
        await using var db = Database.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Books.Where(b => b.AddedAt - DateTime.UtcNow > TimeSpan.FromDays(1)).CountAsync());
    }

    [MariaDbFact]
    public async Task A_few_related_rows_of_each_row_are_refused_with_the_way_out()
    {
        await using var db = Database.Open();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => db.Shelves.SelectMany(s => s.Books.OrderBy(b => b.Pages).Where(b => b.Pages > s.Capacity).Skip(1).Take(2).Select(b => new { s.Name, b.Title })).ToListAsync());

        Assert.Contains("LATERAL", refused.Message, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Hand_written_sql_is_composed_and_its_values_are_parameters()
    {
        await SaveAsync(AShelf("a", ABook("x", 5)), AShelf("b"));
        var hostile = "a' OR '1'='1";

        await using var db = Database.Open();
        Assert.Equal("a", await db.Shelves.FromSql($"SELECT * FROM shelves WHERE Name = {"a"}").Where(s => s.IsOpen).Select(s => s.Name).SingleAsync());
        Assert.Empty(await db.Shelves.FromSql($"SELECT * FROM shelves WHERE Name = {hostile}").ToListAsync());
        Assert.Equal([5], await db.Database.SqlQuery<int>($"SELECT Pages AS Value FROM Books WHERE Pages = {5}").ToListAsync());
        Assert.Equal(1, await db.Database.ExecuteSqlAsync($"UPDATE shelves SET Capacity = {20} WHERE Name = {"b"}"));
    }

    [MariaDbFact]
    public async Task A_parameter_that_is_null_finds_null()
    {
        await SaveAsync(AShelf("a"), new Shelf { Name = "b", Limit = 5 });
        int? limit = null;

        await using var db = Database.Open();
        Assert.Equal("a", await db.Shelves.Where(s => s.Limit == limit).Select(s => s.Name).SingleAsync());
        limit = 5;
        Assert.Equal("b", await db.Shelves.Where(s => s.Limit == limit).Select(s => s.Name).SingleAsync());
        Assert.Equal("a", await db.Shelves.Where(s => s.Limit != limit).Select(s => s.Name).SingleAsync());
    }
}
