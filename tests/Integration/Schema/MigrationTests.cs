using AdminPanel.Data;
using AdminPanel.Migrations;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace AdminPanel.Tests.Integration.Schema;

/// <summary>Bringing a database to the current schema, by whoever comes first and however many come at once.</summary>
public sealed class MigrationTests
{
    [MariaDbFact]
    public async Task Migrating_creates_the_database_and_migrating_again_changes_nothing()
    {
        var server = await PrivateMariaDb.Shared;
        var name = await AbsentDatabaseAsync(server);

        await using (var db = Open(server, name)) await db.Database.MigrateAsync();
        var tables = await TablesAsync(server, name);
        await using (var db = Open(server, name))
        {
            await db.Database.MigrateAsync();
            Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        }

        Assert.Contains("mailboxes", tables, StringComparison.Ordinal);
        Assert.Equal(tables, await TablesAsync(server, name));
    }

    [MariaDbFact]
    public async Task Migrating_works_without_async_too()
    {
        var server = await PrivateMariaDb.Shared;
        var name = await AbsentDatabaseAsync(server);

        using var db = Open(server, name);
        db.Database.Migrate();

        Assert.Contains("mailboxes", await TablesAsync(server, name), StringComparison.Ordinal);
        db.Database.EnsureDeleted();
        Assert.False(db.Database.CanConnect());
    }

    [MariaDbFact]
    public async Task Three_programs_that_migrate_one_empty_database_at_once_all_succeed()
    {
        var server = await PrivateMariaDb.Shared;
        var name = await AbsentDatabaseAsync(server);
        using var start = new Barrier(3);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await using var db = Open(server, name);
            start.SignalAndWait();
            await db.Database.MigrateAsync();
        })));

        await using var migrated = Open(server, name);
        var history = await server.ExecuteAsync("SELECT COUNT(*), COUNT(DISTINCT MigrationId) FROM __EFMigrationsHistory", name);
        var known = migrated.Database.GetMigrations().Count();
        Assert.Equal($"{known}\t{known}\n", history);
        Assert.Equal("0\n", await server.ExecuteAsync("SELECT COUNT(*) FROM __EFMigrationsLock", name));
    }

    [MariaDbFact]
    public async Task The_lease_keeps_others_out_until_it_is_given_up_or_its_holder_died()
    {
        var server = await PrivateMariaDb.Shared;
        var name = await server.CreateDatabaseAsync("lease");
        await using var first = Open(server, name);
        await using var second = Open(server, name);
        var held = await first.GetService<IHistoryRepository>().AcquireDatabaseLockAsync();

        var waiting = second.GetService<IHistoryRepository>().AcquireDatabaseLockAsync();
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(500))));
        await held.DisposeAsync();
        var next = await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        await next.DisposeAsync();

        await server.ExecuteAsync("INSERT INTO __EFMigrationsLock VALUES (1, 'somebody who died', UTC_TIMESTAMP(6) - INTERVAL 1 SECOND)", name);
        await using var after = await first.GetService<IHistoryRepository>().AcquireDatabaseLockAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("1\n", await server.ExecuteAsync("SELECT ExpiresAt > UTC_TIMESTAMP(6) + INTERVAL 30 SECOND FROM __EFMigrationsLock", name));
    }

    [MariaDbTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_lost_the_lease_migrates_no_further(bool async)
    {
        var server = await PrivateMariaDb.Shared;
        var name = await server.CreateDatabaseAsync("lost");
        await using var db = Open(server, name);
        await using var held = await db.GetService<IHistoryRepository>().AcquireDatabaseLockAsync();
        Assert.Same(held, await held.ReacquireIfNeededAsync(connectionReopened: true, transactionRestarted: true));

        await server.ExecuteAsync("UPDATE __EFMigrationsLock SET Owner = 'somebody else'", name);

        var lost = async
            ? await Assert.ThrowsAsync<InvalidOperationException>(() => held.ReacquireIfNeededAsync(connectionReopened: false, transactionRestarted: true))
            : Assert.Throws<InvalidOperationException>(() => held.ReacquireIfNeeded(connectionReopened: false, transactionRestarted: true));
        Assert.Contains("took over", lost.Message, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_model_that_changed_after_the_last_migration_is_not_migrated()
    {
        var server = await PrivateMariaDb.Shared;
        var name = await AbsentDatabaseAsync(server);
        var options = new DbContextOptionsBuilder<DriftedDb>()
            .UseMariaDb(server.ConnectionString(name), o => o.MigrationsAssembly(typeof(DriftedDb).Assembly.GetName().Name)).Options;
        await using var db = new DriftedDb(options);

        Assert.True(db.Database.HasPendingModelChanges());
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Database.MigrateAsync());
        Assert.Contains(nameof(RelationalEventId.PendingModelChangesWarning), refused.Message, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_server_that_refuses_the_account_is_not_taken_for_a_missing_database()
    {
        var server = await PrivateMariaDb.Shared;
        await using var db = new AdminDb(
            new DbContextOptionsBuilder<AdminDb>().UseMariaDb($"Socket={server.Socket};User=nobody_known;Password=x;Database=x").Options, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<MariaDbException>(() => db.Database.MigrateAsync());

        Assert.Equal(MariaDbErrorCode.AccessDenied, refused.Number);
    }

    private static AdminDb Open(PrivateMariaDb server, string database) => new(
        new DbContextOptionsBuilder<AdminDb>()
            .UseMariaDb(server.ConnectionString(database), o => o.MigrationsAssembly(typeof(AdminDbFactory).Assembly.GetName().Name).EnableRetryOnFailure()).Options,
        TimeProvider.System);

    private static async Task<string> AbsentDatabaseAsync(PrivateMariaDb server)
    {
        var name = await server.CreateDatabaseAsync("migrate");
        await server.ExecuteAsync($"DROP DATABASE {name}");
        return name;
    }

    private static Task<string> TablesAsync(PrivateMariaDb server, string name) =>
        server.ExecuteAsync("SELECT table_name, create_time FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1", name);
}
