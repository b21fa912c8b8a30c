using MariaDb.EntityFrameworkCore.Metadata;
using MariaDb.EntityFrameworkCore.Migrations;
using MariaDb.EntityFrameworkCore.Query;
using MariaDb.EntityFrameworkCore.Storage;
using MariaDb.EntityFrameworkCore.Update;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;

namespace MariaDb.EntityFrameworkCore.Infrastructure;

internal static class MariaDbServices
{
    /// <summary>Everything in which MariaDB differs from EF Core's idea of a relational database.</summary>
    public static IServiceCollection AddEntityFrameworkMariaDb(this IServiceCollection services)
    {
        new EntityFrameworkRelationalServicesBuilder(services)
            .TryAdd<LoggingDefinitions, MariaDbLoggingDefinitions>()
            .TryAdd<IDatabaseProvider, DatabaseProvider<MariaDbOptionsExtension>>()
            .TryAdd<IRelationalTypeMappingSource, MariaDbTypeMappingSource>()
            .TryAdd<ISqlGenerationHelper, MariaDbSqlGenerationHelper>()
            .TryAdd<IRelationalAnnotationProvider, MariaDbAnnotationProvider>()
            .TryAdd<IProviderConventionSetBuilder, MariaDbConventionSetBuilder>()
            .TryAdd<IRelationalConnection, MariaDbRelationalConnection>()
            .TryAdd<IRelationalDatabaseCreator, MariaDbDatabaseCreator>()
            .TryAdd<IModificationCommandBatchFactory, MariaDbModificationCommandBatchFactory>()
            .TryAdd<IUpdateSqlGenerator, MariaDbUpdateSqlGenerator>()
            .TryAdd<IMigrationsSqlGenerator, MariaDbMigrationsSqlGenerator>()
            .TryAdd<IHistoryRepository, MariaDbHistoryRepository>()
            .TryAdd<IQueryCompilationContextFactory, MariaDbQueryCompilationContextFactory>()
            .TryAdd<IMethodCallTranslatorProvider, MariaDbMethodCallTranslatorProvider>()
            .TryAdd<IMemberTranslatorProvider, MariaDbMemberTranslatorProvider>()
            .TryAdd<IQuerySqlGeneratorFactory, MariaDbQuerySqlGeneratorFactory>()
            .TryAdd<IQueryableMethodTranslatingExpressionVisitorFactory, MariaDbQueryableMethodTranslatorFactory>()
            .TryAdd<IRelationalSqlTranslatingExpressionVisitorFactory, MariaDbSqlTranslatorFactory>()
            .TryAddCoreServices();
        return services;
    }
}

internal sealed class MariaDbLoggingDefinitions : RelationalLoggingDefinitions;
