using System.Data;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

public sealed class TransactionTests(DriverDatabase database) : IClassFixture<DriverDatabase>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if (Requirement.MariaDb.SkipReason is null) await database.AskAsync("CREATE OR REPLACE TABLE t (id int PRIMARY KEY, v int NOT NULL DEFAULT 0)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [MariaDbFact]
    public async Task A_commit_is_seen_by_others_and_a_rollback_is_not()
    {
        using var connection = database.Open();

        using (var kept = connection.BeginTransaction())
        {
            connection.Execute("INSERT INTO t (id) VALUES (1)");
            Assert.Equal("0", await database.AskAsync("SELECT COUNT(*) FROM t"));
            kept.Commit();
        }
        using (var undone = connection.BeginTransaction())
        {
            connection.Execute("INSERT INTO t (id) VALUES (2)");
            undone.Rollback();
        }
        using (connection.BeginTransaction()) connection.Execute("INSERT INTO t (id) VALUES (3)");

        Assert.Equal("1", await database.AskAsync("SELECT GROUP_CONCAT(id) FROM t"));
    }

    [MariaDbFact]
    public async Task A_savepoint_undoes_what_came_after_it()
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        Assert.True(transaction.SupportsSavepoints);

        connection.Execute("INSERT INTO t (id) VALUES (1)");
        transaction.Save("odd`name");
        connection.Execute("INSERT INTO t (id) VALUES (2)");
        transaction.Rollback("odd`name");
        connection.Execute("INSERT INTO t (id) VALUES (3)");
        transaction.Release("odd`name");
        transaction.Commit();

        Assert.Equal("1,3", await database.AskAsync("SELECT GROUP_CONCAT(id ORDER BY id) FROM t"));
        Assert.Throws<InvalidOperationException>(transaction.Commit);
    }

    [MariaDbTheory]
    [InlineData(IsolationLevel.ReadUncommitted, "1")]
    [InlineData(IsolationLevel.ReadCommitted, "0")]
    public void The_isolation_level_is_that_of_the_transaction(IsolationLevel level, string seen)
    {
        using var writer = database.Open();
        using var uncommitted = writer.BeginTransaction();
        writer.Execute("INSERT INTO t (id) VALUES (1)");
        using var reader = database.Open();

        using var transaction = reader.BeginTransaction(level);

        Assert.Equal(seen, Convert.ToString(reader.Scalar("SELECT COUNT(*) FROM t")));
    }

    [MariaDbFact]
    public async Task A_connection_closed_in_a_transaction_rolls_back_and_frees_its_locks()
    {
        var connection = database.Open();
        _ = connection.BeginTransaction();
        connection.Execute("INSERT INTO t (id) VALUES (5)");

        connection.Dispose();

        Assert.Equal("0", await database.AskAsync("SET innodb_lock_wait_timeout=1; SELECT COUNT(*) FROM t FOR UPDATE"));
    }

    [MariaDbFact]
    public async Task One_of_two_transactions_that_wait_for_each_other_is_told_to_try_again()
    {
        await database.AskAsync("INSERT INTO t (id) VALUES (1), (2)");
        using var one = database.Open();
        using var other = database.Open();
        using var first = one.BeginTransaction();
        using var second = other.BeginTransaction();
        one.Execute("UPDATE t SET v = 1 WHERE id = 1");
        other.Execute("UPDATE t SET v = 2 WHERE id = 2");

        var waiting = Task.Run(() => Record.Exception(() => one.Execute("UPDATE t SET v = 1 WHERE id = 2")));
        var here = Record.Exception(() => other.Execute("UPDATE t SET v = 2 WHERE id = 1"));
        var there = await waiting;

        var error = Assert.IsType<MariaDbException>(here ?? there);
        Assert.True(here is null || there is null);
        Assert.Equal((MariaDbErrorCode.Deadlock, "40001", true), (error.Number, error.SqlState, error.IsTransient));
    }

    [MariaDbFact]
    public async Task A_lock_that_stays_taken_is_transient()
    {
        await database.AskAsync("INSERT INTO t (id) VALUES (1)");
        using var holder = database.Open();
        using var transaction = holder.BeginTransaction();
        holder.Execute("UPDATE t SET v = 1");
        using var waiter = database.Open();
        waiter.Execute("SET innodb_lock_wait_timeout = 1");

        var error = Assert.Throws<MariaDbException>(() => waiter.Execute("UPDATE t SET v = 2"));

        Assert.Equal((MariaDbErrorCode.LockWaitTimeout, true), (error.Number, error.IsTransient));
    }

    /// <summary>The server rolls back the whole of a deadlock's loser; what came after it would commit by itself, one by one.</summary>
    [MariaDbFact]
    public async Task A_transaction_that_the_server_rolled_back_takes_no_more_statements_and_no_commit()
    {
        await database.AskAsync("INSERT INTO t (id) VALUES (1), (2)");
        using var one = database.Open();
        using var other = database.Open();
        using var first = one.BeginTransaction();
        using var second = other.BeginTransaction();
        one.Execute("UPDATE t SET v = 1 WHERE id = 1");
        other.Execute("UPDATE t SET v = 2 WHERE id = 2");
        var waiting = Task.Run(() => Record.Exception(() => one.Execute("UPDATE t SET v = 1 WHERE id = 2")));
        var here = Record.Exception(() => other.Execute("UPDATE t SET v = 2 WHERE id = 1"));
        await waiting;
        var (loser, lost) = here is null ? (one, first) : (other, second);

        Assert.True(Assert.Throws<MariaDbException>(() => loser.Execute("INSERT INTO t (id) VALUES (3)")).IsTransient);
        Assert.Throws<MariaDbException>(() => lost.Save("here"));
        Assert.Throws<MariaDbException>(lost.Commit);

        Assert.Equal("0", await database.AskAsync("SELECT COUNT(*) FROM t WHERE id = 3"));
        lost.Rollback();
        using var again = loser.BeginTransaction();
        loser.Execute("INSERT INTO t (id) VALUES (4)");
        again.Commit();
        Assert.Equal("1", await database.AskAsync("SELECT COUNT(*) FROM t WHERE id = 4"));
    }

    [MariaDbFact]
    public async Task A_commit_refused_because_of_an_open_reader_can_be_made_up_for()
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO t (id) VALUES (1)");
        using (connection.Command("SELECT 1").ExecuteReader()) Assert.Throws<InvalidOperationException>(transaction.Commit);

        transaction.Commit();

        Assert.Equal("1", await database.AskAsync("SELECT COUNT(*) FROM t"));
    }
}
