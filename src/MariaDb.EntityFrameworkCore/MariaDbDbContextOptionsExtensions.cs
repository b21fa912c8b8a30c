using System.Data.Common;
using MariaDb.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MariaDb.EntityFrameworkCore;

/// <summary>Choosing MariaDB for a <see cref="DbContext"/>.</summary>
public static class MariaDbDbContextOptionsExtensions
{
    /// <param name="connectionString">As MariaDb.Client's connection string builder reads it.</param>
    /// <param name="configure">Where migrations stand, retries, timeouts.</param>
    public static DbContextOptionsBuilder UseMariaDb(
        this DbContextOptionsBuilder optionsBuilder, string connectionString, Action<MariaDbOptionsBuilder>? configure = null) =>
        Use(optionsBuilder, extension => (MariaDbOptionsExtension)extension.WithConnectionString(connectionString), configure);

    /// <param name="connection">An open connection stays open and its owner closes it.</param>
    /// <param name="configure">Where migrations stand, retries, timeouts.</param>
    public static DbContextOptionsBuilder UseMariaDb(
        this DbContextOptionsBuilder optionsBuilder, DbConnection connection, Action<MariaDbOptionsBuilder>? configure = null) =>
        Use(optionsBuilder, extension => (MariaDbOptionsExtension)extension.WithConnection(connection), configure);

    /// <inheritdoc cref="UseMariaDb(DbContextOptionsBuilder, string, Action{MariaDbOptionsBuilder}?)"/>
    public static DbContextOptionsBuilder<TContext> UseMariaDb<TContext>(
        this DbContextOptionsBuilder<TContext> optionsBuilder, string connectionString, Action<MariaDbOptionsBuilder>? configure = null)
        where TContext : DbContext =>
        (DbContextOptionsBuilder<TContext>)UseMariaDb((DbContextOptionsBuilder)optionsBuilder, connectionString, configure);

    private static DbContextOptionsBuilder Use(
        DbContextOptionsBuilder optionsBuilder, Func<MariaDbOptionsExtension, MariaDbOptionsExtension> connect, Action<MariaDbOptionsBuilder>? configure)
    {
        var infrastructure = (IDbContextOptionsBuilderInfrastructure)optionsBuilder;
        infrastructure.AddOrUpdateExtension(connect(optionsBuilder.Options.FindExtension<MariaDbOptionsExtension>() ?? new MariaDbOptionsExtension()));
        SetDefaultWarnings(optionsBuilder, infrastructure);
        configure?.Invoke(new MariaDbOptionsBuilder(optionsBuilder));
        return optionsBuilder;
    }

    private static void SetDefaultWarnings(DbContextOptionsBuilder optionsBuilder, IDbContextOptionsBuilderInfrastructure infrastructure)
    {
        var core = optionsBuilder.Options.FindExtension<CoreOptionsExtension>() ?? new CoreOptionsExtension();
        // Makes Migrate() fail, not warn, when the model has changed since the last migration.
        core = RelationalOptionsExtension.WithDefaultWarningConfiguration(core);
        // Every migration would raise it: MariaDB commits before and after each data definition statement.
        core = core.WithWarningsConfiguration(core.WarningsConfiguration.TryWithExplicit(
            RelationalEventId.NonTransactionalMigrationOperationWarning, WarningBehavior.Ignore));
        infrastructure.AddOrUpdateExtension(core);
    }
}
