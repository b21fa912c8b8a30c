using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

public sealed class TransactionTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task What_is_not_committed_is_not_there()
    {
        await using (var db = Database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(AShelf("gone"));
            await db.SaveChangesAsync();
        }

        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_committed_transaction_holds_both_saves()
    {
        await using var db = Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(AShelf("one"));
        await db.SaveChangesAsync();
        db.Add(AShelf("two"));
        await db.SaveChangesAsync();

        await transaction.CommitAsync();

        Assert.Equal("one,two", await AskAsync("SELECT GROUP_CONCAT(Name ORDER BY Name) FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_failed_save_within_a_transaction_takes_back_itself_alone()
    {
        await SaveAsync(AShelf("taken"));
        await using var db = Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(AShelf("kept"));
        await db.SaveChangesAsync();
        db.AddRange(AShelf("half"), AShelf("taken"));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        await transaction.CommitAsync();

        Assert.Equal("kept,taken", await AskAsync("SELECT GROUP_CONCAT(Name ORDER BY Name) FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_savepoint_takes_back_what_came_after_it()
    {
        await using var db = Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Shelves.AddAsync(AShelf("before"));
        await db.SaveChangesAsync();
        await transaction.CreateSavepointAsync("here");
        await db.Shelves.AddAsync(AShelf("after"));
        await db.SaveChangesAsync();

        await transaction.RollbackToSavepointAsync("here");
        await transaction.ReleaseSavepointAsync("here");
        await transaction.CommitAsync();

        Assert.Equal("before", await AskAsync("SELECT GROUP_CONCAT(Name) FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_lock_taken_by_hand_lasts_to_the_end_of_the_transaction()
    {
        var shelf = AShelf("s");
        await SaveAsync(shelf);
        await using var db = Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();

        await db.Shelves.FromSql($"SELECT * FROM shelves WHERE Id = {shelf.Id} FOR UPDATE").SingleAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Server.ExecuteAsync("SELECT * FROM shelves FOR UPDATE NOWAIT", Database.Name));
        Assert.Contains("1205", refused.Message, StringComparison.Ordinal);
        await transaction.RollbackAsync();
        await Server.ExecuteAsync("SELECT * FROM shelves FOR UPDATE NOWAIT", Database.Name);
    }
}
