using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using MariaDb.Client.Pooling;
using MariaDb.Client.Sessions;

namespace MariaDb.Client;

/// <summary>
/// A connection to MariaDB, from a pool unless the connection string says otherwise. It serves one thread and one open
/// reader at a time. Text is utf8mb4, times are UTC, LOAD DATA LOCAL is off, and a command holds one statement.
/// </summary>
public sealed class MariaDbConnection : DbConnection
{
    private const int MillisecondsPerSecond = 1000;
    private string connectionString = "";
    private string? database;
    private ConnectionPool? pool;
#pragma warning disable CA2213 // Close gives it back to the pool, which disposes of it.
    private Session? session;
#pragma warning restore CA2213

    public MariaDbConnection() { }

    public MariaDbConnection(string? connectionString) => ConnectionString = connectionString;

    [AllowNull]
    public override string ConnectionString
    {
        get => connectionString;
        set
        {
            if (session is not null) throw new InvalidOperationException("The connection is open; its connection string stays.");
            connectionString = value ?? "";
            pool = null;
        }
    }

    public override string Database => database ?? (connectionString.Length == 0 ? "" : Pool.Settings.Database);

    /// <summary>Host and port, or the path of the socket; of the server that answered once the connection is open.</summary>
    public override string DataSource => session is { } open ? open.Endpoint.ToString() : string.Join(',', Pool.Settings.Endpoints);

    public override string ServerVersion => Demand().ServerVersion;

    public override ConnectionState State => session switch
    {
        null => ConnectionState.Closed,
        { IsBroken: true } => ConnectionState.Broken,
        _ => ConnectionState.Open,
    };

    /// <summary>The TLS cipher in use, null without TLS.</summary>
    public string? TlsCipher => Demand().TlsCipher;

    /// <summary>The server's number for this connection (CONNECTION_ID()).</summary>
    public long ServerThread => (long)Demand().ThreadId;

    protected override DbProviderFactory DbProviderFactory => MariaDbFactory.Instance;

    internal MariaDbTransaction? Transaction { get; set; }

    internal MariaDbDataReader? Reader { get; set; }

    /// <summary>Seconds.</summary>
    internal int DefaultCommandTimeout => connectionString.Length == 0 ? 0 : Pool.Settings.CommandTimeout;

    private ConnectionPool Pool => pool ??= ConnectionPool.For(connectionString);

    /// <summary>Closes the unused connections of every pool, and the used ones when they come back.</summary>
    public static void ClearAllPools() => ConnectionPool.ClearAll();

    /// <summary>The same for the pool of one connection string.</summary>
    public static void ClearPool(MariaDbConnection connection) => connection.Pool.Clear();

    /// <exception cref="MariaDbException">No server let us in, the pool stayed full, or libmariadb is missing or too old.</exception>
    public override void Open()
    {
        DemandClosed();
        session = Pool.Rent();
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    /// <inheritdoc cref="Open"/>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        DemandClosed();
        session = await Pool.RentAsync(cancellationToken);
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    /// <summary>Ends the open reader and rolls back the open transaction, then gives the connection back to its pool.</summary>
    public override void Close()
    {
        if (session is not { } leaving) return;
        try
        {
            Reader?.Dispose();
        }
        catch (MariaDbException)
        {
            // What the rest of the rows would have said no longer matters; the session knows whether it is broken.
        }
        // A reader with CommandBehavior.CloseConnection has just done all of this: a session must not go back twice.
        if (!ReferenceEquals(session, leaving)) return;
        Reader = null;
        Transaction?.End();
        session = null;
        database = null;
        Pool.Return(leaving);
        OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    public override void ChangeDatabase(string databaseName)
    {
        Demand().SelectDatabase(databaseName);
        database = databaseName;
    }

    public new MariaDbCommand CreateCommand() => new("", this);

    public new MariaDbTransaction BeginTransaction() => BeginTransaction(IsolationLevel.Unspecified);

    public new MariaDbTransaction BeginTransaction(IsolationLevel isolationLevel)
    {
        if (Transaction is not null) throw new InvalidOperationException("The connection is in a transaction already; use a savepoint.");
        if (IsolationName(isolationLevel) is { } name) RunAlone($"SET TRANSACTION ISOLATION LEVEL {name}");
        RunAlone(isolationLevel == IsolationLevel.Snapshot ? "START TRANSACTION WITH CONSISTENT SNAPSHOT" : "START TRANSACTION");
        Demand().HasLostTransaction = false;
        return Transaction = new MariaDbTransaction(this, isolationLevel);
    }

    internal Session Demand() => session ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>One of the driver's own statements, under the connection's default limit.</summary>
    internal void RunAlone(string sql)
    {
        DemandNoReader();
        var open = Demand();
        open.Watch.Begin();
        try
        {
            open.Run(sql, (long)DefaultCommandTimeout * MillisecondsPerSecond);
        }
        finally
        {
            open.Settle();
        }
    }

    internal void Commit()
    {
        DemandNoReader();
        var open = Demand();
        open.Watch.Begin();
        open.Commit((long)DefaultCommandTimeout * MillisecondsPerSecond);
    }

    internal void DemandNoReader()
    {
        if (Reader is not null) throw new InvalidOperationException("The connection has an open reader; close it first.");
    }

    /// <summary>What came after a rollback by the server would commit by itself, one by one.</summary>
    /// <exception cref="MariaDbException">The server has rolled the open transaction back; the whole of it can be run again.</exception>
    internal void DemandNoLostTransaction()
    {
        if (Transaction is null || !Demand().HasLostTransaction) return;
        throw new MariaDbException(
            MariaDbErrorCode.Deadlock, "40001", "The server has rolled back this transaction after an earlier error; roll it back and begin again.");
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <summary>
    /// Forgotten by its owner: the session's state is unknown, so it is closed, and its place in the pool is free again.
    /// Safe in a finalizer: the session's handle is released after all ordinary finalizers.
    /// </summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        else if (session is { } forgotten) pool?.Abandon(forgotten);
        base.Dispose(disposing);
    }

    private static string? IsolationName(IsolationLevel level) => level switch
    {
        IsolationLevel.Unspecified => null,
        IsolationLevel.ReadUncommitted => "READ UNCOMMITTED",
        IsolationLevel.ReadCommitted => "READ COMMITTED",
        IsolationLevel.RepeatableRead or IsolationLevel.Snapshot => "REPEATABLE READ",
        IsolationLevel.Serializable => "SERIALIZABLE",
        _ => throw new NotSupportedException($"MariaDB has no isolation level {level}."),
    };

    private void DemandClosed()
    {
        if (session is not null) throw new InvalidOperationException("The connection is open already.");
        if (connectionString.Length == 0) throw new InvalidOperationException("The connection has no connection string.");
    }
}
