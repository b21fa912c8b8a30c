using System.Data;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>What the driver says when the connection is lost: try again, or nobody knows; never success.</summary>
public sealed class LostConnectionTests(TcpServer servers) : IClassFixture<TcpServer>
{
    [MariaDbTheory]
    [InlineData(true, "1")]
    [InlineData(false, "0")]
    public async Task A_connection_lost_in_commit_leaves_the_outcome_unknown(bool serverSeesIt, string stored)
    {
        using var proxy = new CuttingProxy(servers.Plain.Port, "COMMIT", serverSeesIt);
        using var connection = await OpenAsync(proxy, "committed");
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO committed VALUES (1)");

        var error = Assert.Throws<MariaDbCommitUnknownException>(transaction.Commit);

        Assert.False(error.IsTransient);
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(ConnectionState.Broken, connection.State);
        Assert.Equal(stored, await StoredAsync("committed"));
    }

    [MariaDbTheory]
    [InlineData(true, "1")]
    [InlineData(false, "0")]
    public async Task A_change_that_commits_by_itself_is_unknown_as_well(bool serverSeesIt, string stored)
    {
        using var proxy = new CuttingProxy(servers.Plain.Port, "4711", serverSeesIt);
        using var connection = await OpenAsync(proxy, "alone");

        // The text travels when it is prepared, the value when it is executed.
        Assert.Throws<MariaDbCommitUnknownException>(() => connection.Execute("INSERT INTO alone SELECT LEFT(@v, 1)", ("v", "4711")));

        Assert.Equal(stored, await StoredAsync("alone"));
    }

    [MariaDbFact]
    public async Task A_change_inside_a_transaction_is_undone_and_can_be_tried_again()
    {
        using var proxy = new CuttingProxy(servers.Plain.Port, "4711", serverSeesIt: true);
        using var connection = await OpenAsync(proxy, "inside");
        using var transaction = connection.BeginTransaction();

        var error = Assert.Throws<MariaDbException>(() => connection.Execute("INSERT INTO inside SELECT LEFT(@v, 1)", ("v", "4711")));

        Assert.True(error.IsTransient);
        Assert.Equal("0", await StoredAsync("inside"));
    }

    [MariaDbFact]
    public async Task A_read_can_be_tried_again()
    {
        using var proxy = new CuttingProxy(servers.Plain.Port, "4711", serverSeesIt: true);
        using var connection = await OpenAsync(proxy, "asked");

        var error = Assert.Throws<MariaDbException>(() => connection.Scalar("SELECT @v", ("v", "4711")));

        Assert.True(error.IsTransient);
    }

    [MariaDbFact]
    public async Task A_change_that_was_only_prepared_can_be_tried_again()
    {
        using var proxy = new CuttingProxy(servers.Plain.Port, "INSERT", serverSeesIt: true);
        using var connection = await OpenAsync(proxy, "prepared");

        var error = Assert.Throws<MariaDbException>(() => connection.Execute("INSERT INTO prepared VALUES (1)"));

        Assert.True(error.IsTransient);
        Assert.Equal("0", await StoredAsync("prepared"));
    }

    [MariaDbFact]
    public async Task A_connection_killed_before_the_commit_never_reports_success()
    {
        using var connection = await OpenAsync(proxy: null, "killed");
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO killed VALUES (1)");
        await servers.Plain.ExecuteAsync($"KILL {connection.ServerThread}");

        var error = Assert.ThrowsAny<MariaDbException>(transaction.Commit);

        Assert.True(error is MariaDbCommitUnknownException || error.IsTransient);
        Assert.Equal("0", await StoredAsync("killed"));
    }

    [MariaDbFact]
    public async Task A_commit_without_an_answer_ends_at_the_time_limit_as_unknown()
    {
        using var connection = await OpenAsync(proxy: null, "stuck", "CommandTimeout=1");
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO stuck VALUES (1)");
        using var holder = new MariaDbConnection(servers.Plain.ConnectionString("test_tcp"));
        await holder.OpenAsync();
        holder.Execute("FLUSH TABLES WITH READ LOCK");

        Assert.Throws<MariaDbCommitUnknownException>(transaction.Commit);

        holder.Execute("UNLOCK TABLES");
    }

    [MariaDbFact]
    public async Task A_server_that_hangs_does_not_hang_its_caller()
    {
        using var connection = await OpenAsync(proxy: null, "hung", "ConnectTimeout=5");
        using var command = connection.Command("SELECT 1");
        command.CommandTimeout = 1;
        await SignalAsync("STOP");
        try
        {
            var started = Stopwatch.GetTimestamp();

            var error = Assert.Throws<MariaDbException>(() => command.ExecuteScalar());

            Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(0.9));
            Assert.Equal(MariaDbErrorCode.StatementTimeout, error.Number);
            Assert.Equal(ConnectionState.Broken, connection.State);
        }
        finally
        {
            await SignalAsync("CONT");
        }
    }

    private Task<string> SignalAsync(string signal) => NativeLayoutTests.RunAsync("/bin/kill", $"-{signal}", $"{servers.Plain.ProcessId}");

    private async Task<MariaDbConnection> OpenAsync(CuttingProxy? proxy, string table, string extra = "")
    {
        await servers.Plain.ExecuteAsync($"CREATE OR REPLACE TABLE {table} (id int)", "test_tcp");
        var connection = new MariaDbConnection($"Server=127.0.0.1:{proxy?.Port ?? servers.Plain.Port};{TcpServer.Login};{extra}");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<string> StoredAsync(string table) => (await servers.Plain.ExecuteAsync($"SELECT COUNT(*) FROM {table}", "test_tcp")).TrimEnd();

    /// <summary>
    /// libmariadb closes the descriptor of a connection that fails, and the next socket of the process gets its number:
    /// severing the connection by that number cut somebody else's.
    /// </summary>
    [MariaDbFact]
    public async Task Severing_a_lost_connection_never_cuts_another_socket_of_the_process()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = new MariaDbConnection(
            $"Server=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};{TcpServer.Login};CommandTimeout=1;Pooling=false");
        var opening = Task.Run(connection.Open);
        using var session = await listener.AcceptTcpClientAsync();
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, servers.Plain.Port);
        _ = session.GetStream().CopyToAsync(server.GetStream());
        _ = server.GetStream().CopyToAsync(session.GetStream());
        await opening;
        var running = Task.Factory.StartNew(
            () => Record.Exception(() => connection.Scalar("SELECT SLEEP(20)")), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var strangers = new List<(TcpClient Here, TcpClient There)>();
        using (await listener.AcceptTcpClientAsync())
        {
            // The time is up, and the driver has come to kill: now the session is lost under it, and its descriptor free.
            session.Client.Shutdown(SocketShutdown.Both);
            await Task.Delay(1000);
            using var hall = new TcpListener(IPAddress.Loopback, 0);
            hall.Start();
            while (strangers.Count < 100)
            {
                var here = new TcpClient();
                await here.ConnectAsync((IPEndPoint)hall.LocalEndpoint);
                strangers.Add((here, await hall.AcceptTcpClientAsync()));
            }
        }

        Assert.IsAssignableFrom<MariaDbException>(await running);
        foreach (var (here, there) in strangers)
        {
            using (here)
            using (there)
            {
                await here.GetStream().WriteAsync(new byte[] { 7 });
                await there.GetStream().WriteAsync(new byte[] { 8 });
                Assert.Equal((7, 8), (there.GetStream().ReadByte(), here.GetStream().ReadByte()));
            }
        }
    }
}
