using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Migrations;

/// <summary>Which migrations a database has had, and the lock that lets one program migrate at a time.</summary>
internal sealed class MariaDbHistoryRepository(HistoryRepositoryDependencies dependencies) : HistoryRepository(dependencies)
{
    // The lease is a row that no transaction of the migration touches, so it outlives reconnects and rollbacks.
    public override LockReleaseBehavior LockReleaseBehavior => LockReleaseBehavior.Explicit;

    protected override string ExistsSql =>
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "
        + Dependencies.TypeMappingSource.GetMapping(typeof(string)).GenerateSqlLiteral(TableName);

    public override string GetCreateIfNotExistsScript()
    {
        const string Create = "CREATE TABLE ";
        var script = GetCreateScript();
        return script.Insert(script.IndexOf(Create, StringComparison.Ordinal) + Create.Length, "IF NOT EXISTS ");
    }

    public override IMigrationsDatabaseLock AcquireDatabaseLock()
    {
        Dependencies.MigrationsLogger.AcquiringMigrationLock();
        return MigrationLease.Take(ConnectionString, this);
    }

    public override async Task<IMigrationsDatabaseLock> AcquireDatabaseLockAsync(CancellationToken cancellationToken = default)
    {
        Dependencies.MigrationsLogger.AcquiringMigrationLock();
        return await MigrationLease.TakeAsync(ConnectionString, this, cancellationToken);
    }

    public override string GetBeginIfNotExistsScript(string migrationId) => throw NoIdempotentScripts();

    public override string GetBeginIfExistsScript(string migrationId) => throw NoIdempotentScripts();

    public override string GetEndIfScript() => throw NoIdempotentScripts();

    protected override bool InterpretExistsResult(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0;

    private static NotSupportedException NoIdempotentScripts() =>
        new("Idempotent scripts are not offered: MariaDB has IF only in stored programs. Run Migrate(), or generate a script from a known migration.");

    private string ConnectionString => Dependencies.Connection.ConnectionString
        ?? throw new InvalidOperationException("Migrating needs a connection string.");
}
