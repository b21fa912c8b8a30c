using System.Diagnostics;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

public sealed class PrivateMariaDbTests
{
    [MariaDbFact]
    public async Task The_shared_server_gives_each_class_an_empty_database_of_its_own()
    {
        var server = await PrivateMariaDb.Shared;

        var one = await server.CreateDatabaseAsync("own");
        var other = await server.CreateDatabaseAsync("own");

        Assert.NotEqual(one, other);
        await server.ExecuteAsync("CREATE TABLE t (a int)", one);
        Assert.Equal("", await server.ExecuteAsync("SHOW TABLES", other));
    }

    [MariaDbFact]
    public async Task A_server_in_another_zone_says_so_and_is_gone_after_disposal()
    {
        var server = await PrivateMariaDb.StartAsync(new() { TimeZone = "+05:30" });

        var zone = await server.ExecuteAsync("SELECT @@global.time_zone");
        await server.DisposeAsync();

        Assert.Equal("+05:30\n", zone);
        Assert.False(Directory.Exists(server.Directory));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(server.ProcessId));
    }
}
