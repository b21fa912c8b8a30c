using AdminPanel.Data;
using AdminPanel.Migrations;
using AdminPanel.Migrations.CompiledModel;
using AdminPanel.Tests.Support;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Schema;

/// <summary>The panel's schema twice: one database migrated, one made from the model at once.</summary>
public sealed class PanelDatabase : IAsyncLifetime
{
    internal PrivateMariaDb Server { get; private set; } = null!;

    internal string Migrated { get; private set; } = "";

    internal string Created { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Requirement.MariaDb.Repair is not null) return;

        Server = await PrivateMariaDb.Shared;
        (Migrated, Created) = (await Server.CreateDatabaseAsync("migrated"), await Server.CreateDatabaseAsync("created"));
        await using (var db = Open(Migrated)) await db.Database.MigrateAsync();
        await using (var db = Open(Created)) await db.Database.EnsureCreatedAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal AdminDb Open(string? database = null, bool useCompiledModel = false)
    {
        var options = new DbContextOptionsBuilder<AdminDb>().UseMariaDb(
            Server.ConnectionString(database ?? Migrated), o => o.MigrationsAssembly(typeof(AdminDbFactory).Assembly.GetName().Name));
        if (useCompiledModel) options.UseModel(AdminDbModel.Instance);
        return new AdminDb(options.Options, TimeProvider.System);
    }

    internal Task<string> ExecuteAsync(string sql, string? database = null) => Server.ExecuteAsync(sql, database ?? Migrated);
}
