using AdminPanel.Tests.Integration.Driver;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>A save whose outcome nobody knows is told, never run again, with retries switched on.</summary>
public sealed class LostCommitTests(TcpServer servers) : IClassFixture<TcpServer>
{
    /// <summary>One row is saved without a transaction: the INSERT is its own commit.</summary>
    [MariaDbTheory]
    [InlineData(1, "4711")]
    [InlineData(2, "COMMIT")]
    public async Task Rows_saved_just_before_the_connection_was_lost_are_not_saved_twice(int rows, string lastWord)
    {
        await using (var direct = Open(servers.Plain.Port))
        {
            await direct.Database.EnsureDeletedAsync();
            await direct.Database.EnsureCreatedAsync();
        }
        using var proxy = new CuttingProxy(servers.Plain.Port, lastWord, serverSeesIt: true);
        await using var db = Open(proxy.Port);
        for (var i = 0; i < rows; i++) db.Add(new Shelf { Name = $"{4711 + i}" });

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync());

        Assert.True(failure is MariaDbCommitUnknownException || failure.InnerException is MariaDbCommitUnknownException, failure.ToString());
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal($"{rows}\n", await servers.Plain.ExecuteAsync("SELECT COUNT(*) FROM shelves", "test_tcp"));
    }

    private static Library Open(int port) => new(new DbContextOptionsBuilder<Library>()
        .UseMariaDb($"Server=127.0.0.1;Port={port};{TcpServer.Login};Pooling=false", o => o.EnableRetryOnFailure(2)).Options);
}
