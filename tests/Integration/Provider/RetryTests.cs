using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

public sealed class RetryTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task The_loser_of_a_deadlock_runs_its_unit_of_work_again()
    {
        var (one, two) = (AShelf("one"), AShelf("two"));
        await SaveAsync(one, two);
        // Both hold their first row before either asks for its second: a deadlock every time.
        using var bothHold = new Barrier(2);
        var attempts = 0;

        async Task SwapAsync(long first, long second)
        {
            await using var db = Database.Open(o => o.EnableRetryOnFailure());
            var isFirstAttempt = true;
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                Interlocked.Increment(ref attempts);
                await using var transaction = await db.Database.BeginTransactionAsync();
                await AddOneAsync(db, first);
                if (isFirstAttempt) bothHold.SignalAndWait(TimeSpan.FromSeconds(30));
                isFirstAttempt = false;
                await AddOneAsync(db, second);
                await transaction.CommitAsync();
            });
        }
        await Task.WhenAll(Task.Run(() => SwapAsync(one.Id, two.Id)), Task.Run(() => SwapAsync(two.Id, one.Id)));

        Assert.Equal(3, attempts);
        Assert.Equal("12,12", await AskAsync("SELECT GROUP_CONCAT(Capacity) FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_lock_that_was_not_given_in_time_is_asked_for_again()
    {
        var shelf = AShelf("s");
        await SaveAsync(shelf);
        await using var holder = Database.Open();
        var held = await holder.Database.BeginTransactionAsync();
        await AddOneAsync(holder, shelf.Id);
        await using var db = Database.Open(o => o.EnableRetryOnFailure());
        var attempts = 0;

        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            if (++attempts == 2) await held.CommitAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"SET STATEMENT innodb_lock_wait_timeout = 1 FOR UPDATE shelves SET Capacity = Capacity + 1 WHERE Id = {shelf.Id}");
            await transaction.CommitAsync();
        });

        Assert.Equal(2, attempts);
        Assert.Equal("12", await AskAsync("SELECT Capacity FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_connection_that_was_killed_before_the_commit_is_replaced()
    {
        await using var db = Database.Open(o => o.EnableRetryOnFailure());
        var attempts = 0;

        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var id = (await db.Database.SqlQuery<long>($"SELECT CONNECTION_ID() AS Value").ToListAsync())[0];
            if (++attempts == 1) await Server.ExecuteAsync($"KILL {id}");
            db.Add(AShelf("once"));
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        });

        Assert.Equal(2, attempts);
        Assert.Equal("once", await AskAsync("SELECT GROUP_CONCAT(Name) FROM shelves"));
    }

    [MariaDbFact]
    public async Task A_commit_of_unknown_outcome_is_never_run_again()
    {
        await using var db = Database.Open(o => o.EnableRetryOnFailure());
        var strategy = db.Database.CreateExecutionStrategy();
        var attempts = 0;

        await Assert.ThrowsAsync<MariaDbCommitUnknownException>(() => strategy.ExecuteAsync<int>(() =>
        {
            attempts++;
            throw new MariaDbCommitUnknownException(new MariaDbException(MariaDbErrorCode.ServerLost, "HY000", "Lost connection", isTransient: true));
        }));

        Assert.IsType<MariaDbRetryingExecutionStrategy>(strategy);
        Assert.Equal(1, attempts);
    }

    [MariaDbFact]
    public async Task A_duplicate_is_no_reason_to_try_again()
    {
        await SaveAsync(AShelf("taken"));
        await using var db = Database.Open(o => o.EnableRetryOnFailure());
        db.Add(AShelf("taken"));
        Database.ForgetStatements();

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.Single(Database.Statements);
    }

    [MariaDbFact]
    public async Task A_server_that_stays_away_is_given_up_after_the_last_attempt()
    {
        await using var db = Database.Open("Socket=/nonexistent/socket;User=root;Database=x", o => o.EnableRetryOnFailure(2, TimeSpan.FromMilliseconds(20)));

        var gaveUp = await Assert.ThrowsAsync<RetryLimitExceededException>(() => db.Shelves.CountAsync());

        Assert.Equal(MariaDbErrorCode.SocketConnectFailed, Assert.IsAssignableFrom<MariaDbException>(gaveUp.InnerException).Number);
    }

    [MariaDbFact]
    public async Task Without_the_option_nothing_is_tried_twice()
    {
        await using var db = Database.Open();

        Assert.False(db.GetService<IExecutionStrategyFactory>().Create().RetriesOnFailure);
    }

    private static Task<int> AddOneAsync(Library db, long id) => db.Shelves.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Capacity, s => s.Capacity + 1));
}
