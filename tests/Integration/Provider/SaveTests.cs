using AdminPanel.Tests.Support;
using MariaDb.Client;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

public sealed class SaveTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task Generated_keys_and_defaults_come_back_with_the_insert()
    {
        await using var db = Database.Open();
        var (first, second) = (new Ticket(), new Ticket { State = "open" });
        db.AddRange(first, second);

        await db.SaveChangesAsync();

        Assert.Equal(first.Id + 1, second.Id);
        Assert.Equal(("new", "NEW"), (first.State, first.Shout));
        Assert.Equal(("open", "OPEN"), (second.State, second.Shout));
        Assert.Equal(DateTime.UtcNow, first.MadeAt, TimeSpan.FromMinutes(1));
        Assert.All(Database.Statements.Where(s => s.Contains("INSERT", StringComparison.Ordinal)), s => Assert.Contains("RETURNING", s, StringComparison.Ordinal));
    }

    [MariaDbFact]
    public async Task A_whole_graph_is_saved_in_the_right_order()
    {
        await SaveAsync(AShelf("s", [.. Enumerable.Range(0, 25).Select(i => ABook($"b{i}"))]));

        Assert.Equal("25", await AskAsync("SELECT COUNT(*) FROM Books JOIN shelves ON shelves.Id = Books.ShelfId WHERE shelves.Name = 's'"));
    }

    [MariaDbFact]
    public async Task Saving_works_without_async_too()
    {
        using var db = Database.Open();
        var shelf = AShelf("sync", ABook("b"));
        db.Add(shelf);

        db.SaveChanges();
        shelf.Capacity = 3;
        db.Remove(shelf.Books[0]);
        db.SaveChanges();

        Assert.Equal("3\t0", await AskAsync("SELECT Capacity, (SELECT COUNT(*) FROM Books) FROM shelves"));
    }

    [MariaDbFact]
    public async Task Only_what_changed_is_updated()
    {
        await SaveAsync(AShelf("s"));
        await using var db = Database.Open();
        var shelf = await db.Shelves.SingleAsync();
        Database.ForgetStatements();

        shelf.Capacity = 99;
        await db.SaveChangesAsync();

        var update = Assert.Single(Database.Statements);
        Assert.Contains("SET `Capacity` = @", update, StringComparison.Ordinal);
        Assert.DoesNotContain("`Name`", update, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_row_without_a_generated_key_is_saved_updated_and_deleted()
    {
        var shelf = AShelf("s", ABook("b"));
        await SaveAsync(shelf);
        await using var db = Database.Open();
        var loan = new Loan { BookId = shelf.Books[0].Id, Reader = "anna" };
        db.Add(loan);
        await db.SaveChangesAsync();

        db.Remove(loan);
        await db.SaveChangesAsync();

        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM Loans"));
    }

    [MariaDbFact]
    public async Task A_violated_constraint_is_told_by_its_number()
    {
        await SaveAsync(AShelf("taken"));

        Assert.Equal(MariaDbErrorCode.DuplicateKey, await NumberOfFailureAsync(AShelf("taken")));
        Assert.Equal(MariaDbErrorCode.CheckConstraint, await NumberOfFailureAsync(new Shelf { Name = "full", Capacity = 0 }));
        Assert.Equal(MariaDbErrorCode.ForeignKeyChild, await NumberOfFailureAsync(new Book { Title = "lost", ShelfId = long.MaxValue }));
        Assert.Equal(MariaDbErrorCode.DataTooLong, await NumberOfFailureAsync(AShelf(new string('x', 101))));
    }

    [MariaDbFact]
    public async Task A_save_that_fails_halfway_saves_nothing()
    {
        await SaveAsync(AShelf("taken"));
        await using var db = Database.Open();
        db.AddRange(AShelf("first"), AShelf("taken"), AShelf("third"));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.Equal("taken", await AskAsync("SELECT GROUP_CONCAT(Name) FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_column_generated_on_update_is_refused_with_the_reason()
    {
        var options = new DbContextOptionsBuilder<GeneratedOnUpdate>();
        MariaDb.EntityFrameworkCore.MariaDbDbContextOptionsExtensions.UseMariaDb(options, Database.ConnectionString);
        await using var db = new GeneratedOnUpdate(options.Options);
        db.Update(new Ticket { Id = 1, State = "x" });

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync());

        Assert.Contains("UPDATE .. RETURNING", refused.Message, StringComparison.Ordinal);
    }

    private async Task<int> NumberOfFailureAsync(object entity)
    {
        await using var db = Database.Open();
        db.Add(entity);
        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        return Assert.IsAssignableFrom<MariaDbException>(failure.InnerException).Number;
    }

    private sealed class GeneratedOnUpdate(DbContextOptions<GeneratedOnUpdate> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Ticket>(ticket =>
        {
            ticket.ToTable("Tickets");
            ticket.Property(t => t.Shout).ValueGeneratedOnAddOrUpdate();
        });
    }
}
