using AdminPanel.Tests.Integration.Driver;
using AdminPanel.Tests.Support;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

public sealed class LeaseTests(TcpServer servers) : IClassFixture<TcpServer>
{
    /// <summary>The statement that renews a lease may be sent twice, so losing its answer is no reason to give the migration up.</summary>
    [MariaDbFact]
    public async Task A_renewal_whose_answer_is_lost_does_not_end_the_lease()
    {
        using var proxy = new CuttingProxy(servers.Plain.Port, "nothing yet", serverSeesIt: true);
        await using var db = new Library(new DbContextOptionsBuilder<Library>().UseMariaDb($"Server=127.0.0.1;Port={proxy.Port};{TcpServer.Login}").Options);
        var held = await db.GetService<IHistoryRepository>().AcquireDatabaseLockAsync();
        proxy.Word = (await servers.Plain.ExecuteAsync("SELECT Owner FROM __EFMigrationsLock", "test_tcp")).TrimEnd();

        Assert.Same(held, await held.ReacquireIfNeededAsync(connectionReopened: true, transactionRestarted: true));

        Assert.Equal(1, proxy.Cuts);
        proxy.Word = "nothing more";
        await held.DisposeAsync();
        Assert.Equal("0\n", await servers.Plain.ExecuteAsync("SELECT COUNT(*) FROM __EFMigrationsLock", "test_tcp"));
    }
}
