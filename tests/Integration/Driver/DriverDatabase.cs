using System.Diagnostics;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>A database of one test class, on the server that all of them share.</summary>
public sealed class DriverDatabase : IAsyncLifetime
{
    private PrivateMariaDb? server;
    private string name = "";

    public PrivateMariaDb Server => server!;

    public string ConnectionString => Server.ConnectionString(name);

    public async Task InitializeAsync()
    {
        if (Requirement.MariaDb.SkipReason is not null) return;
        server = await PrivateMariaDb.Shared;
        name = await server.CreateDatabaseAsync("driver");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>An open connection.</summary>
    /// <param name="extra">More of the connection string, as in "MaxPoolSize=2".</param>
    public MariaDbConnection Open(string extra = "")
    {
        var connection = new MariaDbConnection($"{ConnectionString};{extra}");
        connection.Open();
        return connection;
    }

    /// <summary>Waits until another program sees it, however busy the machine is.</summary>
    public async Task UntilAsync(string sql, string expected)
    {
        var started = Stopwatch.GetTimestamp();
        while (await AskAsync(sql) is var seen && seen != expected)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30)) Assert.Fail($"{sql}: {seen}, expected {expected}");
            await Task.Delay(50);
        }
    }

    /// <summary>What another program sees.</summary>
    public async Task<string> AskAsync(string sql) => (await Server.ExecuteAsync(sql, name)).TrimEnd('\n');
}

internal static class Sql
{
    public static MariaDbCommand Command(this MariaDbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        var command = new MariaDbCommand(sql, connection);
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }

    public static int Execute(this MariaDbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(this MariaDbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar();
    }
}
