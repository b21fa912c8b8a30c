using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

public sealed class PoolTests(DriverDatabase database) : IClassFixture<DriverDatabase>
{
    [MariaDbFact]
    public async Task Many_threads_share_few_connections_and_none_sees_another_s_rows()
    {
        var seen = new ConcurrentDictionary<long, int>();
        using var collecting = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!collecting.IsCancellationRequested)
            {
                GC.Collect();
                Thread.Sleep(5);
            }
        });

        var threads = Enumerable.Range(0, 16).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    using var connection = database.Open("MaxPoolSize=8");
                    seen.TryAdd(connection.ServerThread, 0);
                    var value = $"{thread}/{i}";
                    Assert.Equal(value, connection.Scalar("SELECT @v", ("v", value)));
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(threads);
        await collecting.CancelAsync();
        await collector;

        Assert.InRange(seen.Count, 1, 8);
    }

    [MariaDbFact]
    public async Task Who_comes_to_a_full_pool_waits_and_is_told_when_it_stays_full()
    {
        // The limit is also that of connecting, which may take longer on a busy machine.
        using var one = OpenWhenItCan("MaxPoolSize=1;ConnectTimeout=1");
        using var late = new MariaDbConnection(one.ConnectionString);
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<MariaDbException>(() => late.OpenAsync());

        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(0.9));
        Assert.Equal("All 1 connections of the pool are in use, and none came back within 1 s.", error.Message);

        var patient = late.OpenAsync();
        Assert.False(patient.IsCompleted);
        one.Close();
        await patient;
        Assert.Equal(1, late.Scalar("SELECT 1"));
    }

    [MariaDbFact]
    public void What_one_user_left_behind_the_next_does_not_find()
    {
        long thread;
        using (var first = database.Open("MaxPoolSize=1"))
        {
            thread = first.ServerThread;
            first.Execute("SET @`left` = 5, SESSION group_concat_max_len = 99, time_zone = '+03:00'");
            first.Execute("CREATE TEMPORARY TABLE mine (id int)");
            Assert.Equal(1L, Convert.ToInt64(first.Scalar("SELECT GET_LOCK('mine', 0)")));
        }

        using var second = database.Open("MaxPoolSize=1");

        Assert.Equal(thread, second.ServerThread);
        Assert.Equal(DBNull.Value, second.Scalar("SELECT @`left`"));
        Assert.Equal("+00:00", second.Scalar("SELECT @@time_zone"));
        Assert.NotEqual(99UL, second.Scalar("SELECT @@group_concat_max_len"));
        Assert.Equal(1L, Convert.ToInt64(second.Scalar("SELECT IS_FREE_LOCK('mine')")));
        Assert.Equal(MariaDbErrorCode.NoSuchTable, Assert.Throws<MariaDbException>(() => second.Scalar("SELECT * FROM mine")).Number);
    }

    [MariaDbFact]
    public void A_connection_that_went_to_another_database_does_not_come_back()
    {
        var own = "";
        using (var first = database.Open("MaxPoolSize=2"))
        {
            own = (string)first.Scalar("SELECT DATABASE()")!;
            first.ChangeDatabase("information_schema");
            Assert.Equal("information_schema", first.Database);
        }
        using (var second = database.Open("MaxPoolSize=2"))
        {
            Assert.Equal(own, second.Scalar("SELECT DATABASE()"));
            second.Execute("USE information_schema");
        }

        using var third = database.Open("MaxPoolSize=2");
        Assert.Equal(own, third.Scalar("SELECT DATABASE()"));
    }

    [MariaDbFact]
    public async Task A_connection_that_died_while_unused_is_not_handed_out()
    {
        long thread;
        using (var first = database.Open("MaxPoolSize=3")) thread = first.ServerThread;
        await database.Server.ExecuteAsync($"KILL {thread}");
        await UntilGoneAsync($"{thread}");

        using var second = database.Open("MaxPoolSize=3");

        Assert.NotEqual(thread, second.ServerThread);
        Assert.Equal(1, second.Scalar("SELECT 1"));
    }

    [MariaDbFact]
    public async Task A_connection_killed_in_use_leaves_the_pool()
    {
        using var first = database.Open("MaxPoolSize=1;CommandTimeout=31");
        var thread = first.ServerThread;
        await database.Server.ExecuteAsync($"KILL {thread}");

        var error = Assert.Throws<MariaDbException>(() => first.Scalar("SELECT 1"));
        first.Close();

        Assert.True(error.IsTransient);
        using var second = database.Open("MaxPoolSize=1;CommandTimeout=31");
        Assert.NotEqual(thread, second.ServerThread);
    }

    [MariaDbFact]
    public async Task Unused_connections_are_closed_after_a_while()
    {
        var connections = Enumerable.Range(0, 5).Select(_ => database.Open("MaxPoolSize=9;IdleTimeout=4")).ToList();
        var threads = string.Join(',', connections.Select(connection => connection.ServerThread));
        foreach (var connection in connections) connection.Dispose();

        await UntilGoneAsync(threads);
    }

    [MariaDbFact]
    public async Task A_cleared_pool_keeps_no_connection()
    {
        var used = database.Open("MaxPoolSize=10");
        var unused = database.Open("MaxPoolSize=10");
        var threads = $"{used.ServerThread},{unused.ServerThread}";
        unused.Close();

        MariaDbConnection.ClearPool(unused);
        used.Close();

        await UntilGoneAsync(threads);
    }

    [MariaDbFact]
    public async Task Without_pooling_a_closed_connection_is_gone()
    {
        var connection = database.Open("Pooling=false");
        var thread = $"{connection.ServerThread}";

        connection.Dispose();

        await UntilGoneAsync(thread);
    }

    [MariaDbFact]
    public void A_connection_closed_before_its_reader_goes_back_to_the_pool_once()
    {
        var first = database.Open("MaxPoolSize=3");
        var reader = first.Command("SELECT 1 UNION SELECT 2").ExecuteReader(CommandBehavior.CloseConnection);
        Assert.True(reader.Read());

        first.Close();

        Assert.True(reader.IsClosed);
        using var one = database.Open("MaxPoolSize=3");
        using var other = database.Open("MaxPoolSize=3");
        Assert.NotEqual(one.ServerThread, other.ServerThread);
    }

    private Task UntilGoneAsync(string threads) =>
        database.UntilAsync($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID IN ({threads})", "0");

    private MariaDbConnection OpenWhenItCan(string extra)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return database.Open(extra);
            }
            catch (MariaDbException) when (attempt < 30)
            {
                // Once more.
            }
        }
    }
}
