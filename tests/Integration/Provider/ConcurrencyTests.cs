using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>Two people change one row: who comes second is told.</summary>
public sealed class ConcurrencyTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_second_of_two_updates_is_a_conflict(bool async)
    {
        await SaveAsync(AShelf("s", ABook("b")));
        await using var mine = Database.Open();
        var book = await mine.Books.SingleAsync();
        await Server.ExecuteAsync("UPDATE Books SET Pages = 7, Version = 1", Database.Name);

        (book.Pages, book.Version) = (8, 1);
        var conflict = await SaveAndFailAsync(mine, async);

        Assert.Same(book, Assert.Single(conflict.Entries).Entity);
        Assert.Equal("7", await AskAsync("SELECT Pages FROM Books"));
    }

    [MariaDbTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleting_a_row_that_was_changed_is_a_conflict(bool async)
    {
        await SaveAsync(AShelf("s", ABook("b")));
        await using var mine = Database.Open();
        var book = await mine.Books.SingleAsync();
        await Server.ExecuteAsync("UPDATE Books SET Version = 1", Database.Name);

        mine.Remove(book);
        await SaveAndFailAsync(mine, async);

        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM Books"));
    }

    [MariaDbFact]
    public async Task Updating_a_row_that_was_deleted_is_a_conflict()
    {
        await SaveAsync(AShelf("s"));
        await using var mine = Database.Open();
        var shelf = await mine.Shelves.SingleAsync();
        await Server.ExecuteAsync("DELETE FROM shelves", Database.Name);

        shelf.Capacity = 5;

        await SaveAndFailAsync(mine, async: true);
    }

    [MariaDbFact]
    public async Task An_update_that_changes_nothing_is_no_conflict()
    {
        await SaveAsync(AShelf("s", ABook("b", pages: 3)));
        await using var mine = Database.Open();
        var book = await mine.Books.SingleAsync();

        mine.Entry(book).Property(b => b.Pages).IsModified = true;

        Assert.Equal(1, await mine.SaveChangesAsync());
    }

    [MariaDbFact]
    public async Task The_version_that_a_form_carries_decides()
    {
        await SaveAsync(AShelf("s", ABook("b")));
        await using var mine = Database.Open();
        var book = await mine.Books.SingleAsync();

        (book.Title, book.Version) = ("from an old form", 43);
        mine.Entry(book).Property(b => b.Version).OriginalValue = 42;

        await SaveAndFailAsync(mine, async: true);
    }

    private static async Task<DbUpdateConcurrencyException> SaveAndFailAsync(Library db, bool async) => async
        ? await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync())
        : Assert.Throws<DbUpdateConcurrencyException>(() => db.SaveChanges());
}
