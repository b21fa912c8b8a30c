using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>ExecuteUpdate and ExecuteDelete.</summary>
public sealed class BulkTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task Rows_are_updated_in_one_statement_and_counted()
    {
        await SaveAsync(AShelf("s", ABook("a", 1), ABook("b", 2), ABook("c", 3)));

        await using var db = Database.Open();
        var rows = await db.Books.Where(b => b.Pages > 1).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Pages, b => b.Pages * 10).SetProperty(b => b.Version, b => b.Version + 1).SetProperty(b => b.Genre, Genre.Poem));

        Assert.Equal(2, rows);
        Assert.Single(Database.Statements);
        Assert.Equal("a:1:0:Novel,b:20:1:Poem,c:30:1:Poem", await AskAsync("SELECT GROUP_CONCAT(CONCAT_WS(':', Title, Pages, Version, Genre) ORDER BY Title) FROM Books"));
    }

    [MariaDbFact]
    public async Task An_update_that_changes_nothing_counts_the_rows_it_found()
    {
        await SaveAsync(AShelf("s", ABook("a", 1)));

        await using var db = Database.Open();

        Assert.Equal(1, await db.Books.ExecuteUpdateAsync(set => set.SetProperty(b => b.Pages, 1)));
    }

    [MariaDbFact]
    public async Task An_update_reads_and_filters_by_related_rows()
    {
        await SaveAsync(AShelf("one", ABook("a"), ABook("b")), AShelf("two", ABook("c")));

        await using var db = Database.Open();
        Assert.Equal(2, await db.Books.Where(b => b.Shelf!.Name == "one").ExecuteUpdateAsync(set => set.SetProperty(b => b.Text, b => db.Shelves.Where(s => s.Id == b.ShelfId).Select(s => s.Name).First())));
        Assert.Equal(2, await db.Shelves.ExecuteUpdateAsync(set => set.SetProperty(s => s.Capacity, s => s.Books.Count + 100)));

        Assert.Equal("a:one,b:one,c", await AskAsync("SELECT GROUP_CONCAT(CONCAT_WS(':', Title, Text) ORDER BY Title) FROM Books"));
        Assert.Equal("102,101", await AskAsync("SELECT GROUP_CONCAT(Capacity ORDER BY Name) FROM shelves"));
    }

    [MariaDbFact]
    public async Task The_first_rows_in_an_order_are_updated_or_deleted()
    {
        await SaveAsync(AShelf("s", ABook("a", 1), ABook("b", 2), ABook("c", 3)));

        await using var db = Database.Open();
        Assert.Equal(1, await db.Books.OrderByDescending(b => b.Pages).Take(1).ExecuteUpdateAsync(set => set.SetProperty(b => b.Title, "longest")));
        Assert.Equal(2, await db.Books.OrderBy(b => b.Pages).Take(2).ExecuteDeleteAsync());

        Assert.Equal("longest", await AskAsync("SELECT GROUP_CONCAT(Title) FROM Books"));
    }

    [MariaDbFact]
    public async Task Rows_are_deleted_by_a_condition_on_themselves_on_others_or_on_their_own_table()
    {
        await SaveAsync(AShelf("one", ABook("a", 1), ABook("b", 2), ABook("c", 3)), AShelf("two", ABook("d", 3)), AShelf("empty"));

        await using var db = Database.Open();
        Assert.Equal(1, await db.Books.Where(b => b.Title == "a").ExecuteDeleteAsync());
        Assert.Equal(1, await db.Books.Where(b => b.Shelf!.Name == "two").ExecuteDeleteAsync());
        Assert.Equal(1, await db.Books.Where(b => db.Books.Any(other => other.Pages > b.Pages)).ExecuteDeleteAsync());
        Assert.Equal(2, await db.Shelves.Where(s => !s.Books.Any()).ExecuteDeleteAsync());

        Assert.Equal("c\tone", await AskAsync("SELECT Title, Name FROM Books JOIN shelves ON shelves.Id = ShelfId"));
    }

    [MariaDbFact]
    public async Task An_update_that_would_read_what_it_has_just_set_is_refused()
    {
        await using var db = Database.Open();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Books.ExecuteUpdateAsync(
            set => set.SetProperty(b => b.Pages, b => (int)b.Version).SetProperty(b => b.Version, b => b.Pages)));

        Assert.Contains("Pages", refused.Message, StringComparison.Ordinal);
    }
}
