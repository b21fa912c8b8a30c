using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MariaDb.Client;

/// <summary>Makes the driver's objects for code that knows System.Data.Common alone.</summary>
public sealed class MariaDbFactory : DbProviderFactory
{
    [SuppressMessage("Security", "CA2104", Justification = "DbProviderFactories finds a factory by this field.")]
    public static readonly MariaDbFactory Instance = new();

    private MariaDbFactory() { }

    public override DbConnection CreateConnection() => new MariaDbConnection();

    public override DbCommand CreateCommand() => new MariaDbCommand();

    public override DbParameter CreateParameter() => new MariaDbParameter();

    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new MariaDbConnectionStringBuilder();
}
