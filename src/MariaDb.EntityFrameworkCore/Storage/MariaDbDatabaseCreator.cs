using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MariaDb.Client;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>Creates and drops the database that the connection string names.</summary>
internal sealed class MariaDbDatabaseCreator(RelationalDatabaseCreatorDependencies dependencies, IRawSqlCommandBuilder rawSql)
    : RelationalDatabaseCreator(dependencies)
{
    private const string CountTables =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'";

    // A pooled connection may be older than the end of its database.
    private const string CountDatabases = "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = DATABASE()";

    /// <exception cref="MariaDbException">The server cannot be reached or refuses the account: neither says that there is no database.</exception>
    public override bool Exists()
    {
        try
        {
            Dependencies.Connection.Open(errorsExpected: true);
            try
            {
                return IsAboveZero(rawSql.Build(CountDatabases).ExecuteScalar(Parameters()));
            }
            finally
            {
                Dependencies.Connection.Close();
            }
        }
        catch (MariaDbException e) when (e.Number == MariaDbErrorCode.UnknownDatabase)
        {
            return false;
        }
    }

    public override async Task<bool> ExistsAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await Dependencies.Connection.OpenAsync(cancellationToken, errorsExpected: true);
            try
            {
                return IsAboveZero(await rawSql.Build(CountDatabases).ExecuteScalarAsync(Parameters(), cancellationToken));
            }
            finally
            {
                await Dependencies.Connection.CloseAsync();
            }
        }
        catch (MariaDbException e) when (e.Number == MariaDbErrorCode.UnknownDatabase)
        {
            return false;
        }
    }

    public override void Create() => OnServer(name => $"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4");

    public override Task CreateAsync(CancellationToken cancellationToken = default) =>
        OnServerAsync(name => $"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4", cancellationToken);

    public override void Delete()
    {
        LeaveDatabase();
        OnServer(name => $"DROP DATABASE IF EXISTS {name}");
    }

    public override Task DeleteAsync(CancellationToken cancellationToken = default)
    {
        LeaveDatabase();
        return OnServerAsync(name => $"DROP DATABASE IF EXISTS {name}", cancellationToken);
    }

    public override bool HasTables() => IsAboveZero(rawSql.Build(CountTables).ExecuteScalar(Parameters()));

    public override async Task<bool> HasTablesAsync(CancellationToken cancellationToken = default) =>
        IsAboveZero(await rawSql.Build(CountTables).ExecuteScalarAsync(Parameters(), cancellationToken));

    private static bool IsAboveZero(object? count) => Convert.ToInt64(count, CultureInfo.InvariantCulture) > 0;

    private RelationalCommandParameterObject Parameters() =>
        new(Dependencies.Connection, null, null, Dependencies.CurrentContext.Context, Dependencies.CommandLogger);

    private void LeaveDatabase()
    {
        if (Dependencies.Connection.DbConnection.State == ConnectionState.Open) Dependencies.Connection.Close();
    }

    [SuppressMessage("Security", "CA2100", Justification = "The database's name is delimited, and nothing else is put in.")]
    private void OnServer(Func<string, string> statement)
    {
        var (connection, database) = ServerConnection();
        using (connection)
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = statement(database);
            command.ExecuteNonQuery();
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The database's name is delimited, and nothing else is put in.")]
    private async Task OnServerAsync(Func<string, string> statement, CancellationToken ct)
    {
        var (connection, database) = ServerConnection();
        await using (connection)
        {
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = statement(database);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>The same server and account without a database, and the delimited name of the database.</summary>
    private (MariaDbConnection Connection, string Database) ServerConnection()
    {
        var settings = new MariaDbConnectionStringBuilder { ConnectionString = Dependencies.Connection.DbConnection.ConnectionString };
        var database = settings.Database;
        if (string.IsNullOrEmpty(database)) throw new InvalidOperationException("The connection string names no database. Add Database=... to it.");

        settings.Database = "";
        settings.Pooling = false;
        return (new MariaDbConnection(settings.ConnectionString), Dependencies.SqlGenerationHelper.DelimitIdentifier(database));
    }
}
