using System.Diagnostics;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>Time limits and cancellation stop the statement on the server, and the connection goes on.</summary>
public sealed class InterruptionTests(DriverDatabase database) : IClassFixture<DriverDatabase>
{
    [MariaDbFact]
    public void A_command_beyond_its_time_is_stopped_and_the_connection_goes_on()
    {
        using var connection = database.Open();
        var thread = connection.ServerThread;
        using var command = connection.Command("SELECT SLEEP(300)");
        command.CommandTimeout = 1;
        var started = Stopwatch.GetTimestamp();

        var error = Assert.Throws<MariaDbException>(() => command.ExecuteScalar());

        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(0.9));
        Assert.Equal(MariaDbErrorCode.StatementTimeout, error.Number);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Equal(thread, Convert.ToInt64(connection.Scalar("SELECT CONNECTION_ID()")));
    }

    [MariaDbFact]
    public async Task A_cancelled_token_stops_the_statement_and_the_connection_goes_on()
    {
        using var connection = database.Open();
        var thread = connection.ServerThread;
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Command("SELECT SLEEP(300)").ExecuteScalarAsync(cancellation.Token));

        Assert.Equal(thread, Convert.ToInt64(connection.Scalar("SELECT CONNECTION_ID()")));
    }

    [MariaDbFact]
    public async Task A_write_that_was_cancelled_has_written_nothing()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE cancelled (id int)");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => connection.Command("INSERT INTO cancelled SELECT 1 FROM seq_1_to_3 WHERE SLEEP(100) = 0").ExecuteNonQueryAsync(cancellation.Token));

        Assert.Equal("0", await database.AskAsync("SELECT COUNT(*) FROM cancelled"));
        Assert.Equal(1, connection.Execute("INSERT INTO cancelled VALUES (1)"));
    }

    [MariaDbFact]
    public async Task A_token_cancelled_before_the_start_sends_nothing()
    {
        using var connection = database.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => connection.Command("CREATE TABLE never (id int)").ExecuteNonQueryAsync(new CancellationToken(canceled: true)));

        Assert.Equal("", await database.AskAsync("SHOW TABLES LIKE 'never'"));
    }

    [MariaDbFact]
    public async Task A_slow_row_is_cancelled_while_reading()
    {
        using var connection = database.Open();
        using var reader = await connection.Command("SELECT seq, IF(seq < 20000, 0, SLEEP(300)) FROM seq_1_to_20000").ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        var rows = 1;
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await reader.ReadAsync(cancellation.Token)) rows++;
        });

        Assert.InRange(rows, 1, 19_999);
        await reader.CloseAsync();
        Assert.Equal(6, connection.Scalar("SELECT 6"));
    }

    [MariaDbFact]
    public async Task Cancel_from_another_thread_stops_the_statement()
    {
        using var connection = database.Open();
        using var command = connection.Command("SELECT SLEEP(300)");
        var running = OnItsOwnThread(() => Record.Exception(() => command.ExecuteScalar()));
        await UntilAsleepAsync(connection);

        command.Cancel();

        var error = Assert.IsType<MariaDbException>(await running);
        Assert.Equal(MariaDbErrorCode.QueryInterrupted, error.Number);
        Assert.Equal(7, connection.Scalar("SELECT 7"));
    }

    [MariaDbFact]
    public async Task A_kill_never_hits_the_statement_after_the_one_it_was_meant_for()
    {
        var random = new Random(42);
        using var connection = database.Open();

        for (var round = 0; round < 60; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var cancelling = Task.Run(async () =>
            {
                await Task.Delay(random.Next(0, 4));
                await cancellation.CancelAsync();
            });
            try
            {
                await connection.Command("SELECT BENCHMARK(60000, MD5('x'))").ExecuteScalarAsync(cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                // In time.
            }
            for (var next = 0; next < 5; next++) Assert.Equal(next, connection.Scalar("SELECT @n", ("n", next)) is long n ? (int)n : -1);
            await cancelling;
        }
    }

    [MariaDbFact]
    public async Task Two_threads_on_one_connection_are_told_so()
    {
        using var connection = database.Open();
        using var command = connection.Command("SELECT SLEEP(300)");
        var running = OnItsOwnThread(() => Record.Exception(() => command.ExecuteScalar()));
        await UntilAsleepAsync(connection);

        Assert.Throws<InvalidOperationException>(() => connection.Scalar("SELECT 1"));

        command.Cancel();
        Assert.IsType<MariaDbException>(await running);
        Assert.Equal(2, connection.Scalar("SELECT 2"));
    }

    /// <summary>The registration of a command that failed in the driver stayed, and its token later killed whatever ran on the connection.</summary>
    [MariaDbFact]
    public async Task The_token_of_a_command_that_never_ran_stops_nothing_later()
    {
        using var connection = database.Open();
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAsync<OverflowException>(() => connection.Command("SELECT @a", ("a", TimeSpan.MinValue)).ExecuteScalarAsync(cancellation.Token));
        var running = OnItsOwnThread(() => Record.Exception(() => connection.Scalar("SELECT SLEEP(4)")));
        await UntilAsleepAsync(connection);

        await cancellation.CancelAsync();

        Assert.Null(await running);
    }

    [MariaDbFact]
    public async Task The_rest_of_a_procedure_that_ran_out_of_time_is_no_success()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE rest (id int)");
        connection.Execute("CREATE PROCEDURE slow_rest() BEGIN SELECT 1; INSERT INTO rest SELECT 1 FROM seq_1_to_1 WHERE SLEEP(300) = 0; END");
        using var command = connection.Command("CALL slow_rest()");
        command.CommandTimeout = 1;

        var error = Assert.Throws<MariaDbException>(() => command.ExecuteScalar());

        Assert.Equal(MariaDbErrorCode.StatementTimeout, error.Number);
        Assert.Equal("0", await database.AskAsync("SELECT COUNT(*) FROM rest"));
        Assert.Equal(1, connection.Scalar("SELECT 1"));
    }

    [MariaDbFact]
    public async Task A_cancelled_token_stops_the_second_statement_of_a_procedure_too()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE second_step (id int)");
        connection.Execute("CREATE PROCEDURE two_steps() BEGIN SELECT 1; INSERT INTO second_step SELECT 1 FROM seq_1_to_1 WHERE SLEEP(300) = 0; END");
        using var cancellation = new CancellationTokenSource();
        using var command = connection.Command("CALL two_steps()");
        var running = OnItsOwnThread(() => Record.ExceptionAsync(() => command.ExecuteNonQueryAsync(cancellation.Token)));
        await UntilAsleepAsync(connection);

        await cancellation.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await await running);
        Assert.Equal(1, connection.Scalar("SELECT 1"));
    }

    private static Task<T> OnItsOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private Task UntilAsleepAsync(MariaDbConnection connection) =>
        database.UntilAsync($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = {connection.ServerThread} AND STATE = 'User sleep'", "1");
}
