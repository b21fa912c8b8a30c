using System.Diagnostics;
using AdminPanel.Tests.Integration.Driver;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

/// <summary>
/// Exit status 4: something between the program and the database cuts the connection at the COMMIT, once before the
/// server has seen it and once after. Nobody can say which, so the program names the command that tells.
/// </summary>
public sealed class LostCommitTests(TcpServer servers) : IClassFixture<TcpServer>
{
    [MariaDbTheory]
    [InlineData(true, "1")]
    [InlineData(false, "0")]
    public async Task A_connection_lost_at_the_commit_is_status_4_and_names_the_command_that_tells(bool serverSeesIt, string stored)
    {
        var direct = await MigratedAsync();
        // The byte of a text query before the word: READ COMMITTED is said earlier.
        using var proxy = new CuttingProxy(servers.Plain.Port, "\u0003COMMIT", serverSeesIt);

        var answer = await Shell.RunAsync(Connection(direct, proxy.Port), ["domain", "add", "example.org", "--json"]);

        Assert.Equal(4, answer.Status);
        Assert.EndsWith(" Run adminpanel domain show example.org to see.\n", answer.Error, StringComparison.Ordinal);
        Assert.Equal("Unknown", answer.Json.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(stored, await SettledAsync(direct, stored));
        Assert.Equal(stored == "1" ? 0 : 1, (await Shell.RunAsync(Connection(direct, servers.Plain.Port), ["domain", "show", "example.org"])).Status);
    }

    private async Task<string> MigratedAsync()
    {
        var database = await servers.Plain.CreateDatabaseAsync("lost");
        await servers.Plain.ExecuteAsync($"GRANT ALL ON `{database}`.* TO tcp");
        Assert.Equal(0, (await Shell.RunAsync(Connection(database, servers.Plain.Port), ["db", "migrate"])).Status);
        return database;
    }

    // The server may still be at the commit that nobody waits for any more.
    private async Task<string> SettledAsync(string database, string wanted)
    {
        var started = Stopwatch.GetTimestamp();
        string stored;
        while ((stored = await servers.Plain.ExecuteAsync("SELECT COUNT(*) FROM domains", database)).Trim() != wanted && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            await Task.Delay(50);
        return stored.Trim();
    }

    private static string Connection(string database, int port) =>
        $"Server=127.0.0.1;Port={port};{TcpServer.Login.Replace("Database=test_tcp", $"Database={database}", StringComparison.Ordinal)}";
}
