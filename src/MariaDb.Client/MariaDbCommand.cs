using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using MariaDb.Client.Statements;

namespace MariaDb.Client;

/// <summary>
/// One statement with @named parameters, prepared on the server on first use and kept prepared while the connection
/// lives. The asynchronous methods run on the caller's thread and answer with a finished task; a CancellationToken
/// stops the statement on the server (KILL QUERY) and leaves the connection usable.
/// </summary>
public sealed class MariaDbCommand : DbCommand
{
    private MariaDbConnection? connection;
    private int? timeout;

    public MariaDbCommand() { }

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "A driver passes on the text it is given.")]
    public MariaDbCommand(string commandText, MariaDbConnection? connection = null)
    {
        CommandText = commandText;
        this.connection = connection;
    }

    [AllowNull]
    public override string CommandText { get => field; set => field = value ?? ""; } = "";

    /// <summary>Seconds that one answer of the server may take: the execution, then each row; 0 for no limit.</summary>
    public override int CommandTimeout
    {
        get => timeout ?? connection?.DefaultCommandTimeout ?? 0;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            timeout = value;
        }
    }

    /// <summary>Text, always; a procedure is called by CALL.</summary>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text) throw new NotSupportedException("Only text: write CALL name(@a) for a procedure.");
        }
    }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    public override bool DesignTimeVisible { get; set; }

    public new MariaDbParameterCollection Parameters { get; } = [];

    protected override DbConnection? DbConnection { get => connection; set => connection = (MariaDbConnection?)value; }

    protected override DbParameterCollection DbParameterCollection => Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>Milliseconds.</summary>
    internal long Limit => CommandTimeout * 1000L;

    /// <summary>Stops the statement that runs on the connection now, from any thread; a reader that waits for its next row hears of it there.</summary>
    public override void Cancel()
    {
        if (connection is { State: ConnectionState.Open }) connection.Demand().Watch.Cancel();
    }

    public override void Prepare() => Execution.Prepare(Demand(), this);

    public new MariaDbDataReader ExecuteReader(CommandBehavior behavior = CommandBehavior.Default) =>
        Execution.Start(Demand(), this, behavior, CancellationToken.None);

    public override int ExecuteNonQuery() => ExecuteNonQuery(CancellationToken.None);

    public override object? ExecuteScalar() => ExecuteScalar(CancellationToken.None);

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => Completed.From(ExecuteNonQuery, cancellationToken);

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => Completed.From(ExecuteScalar, cancellationToken);

    protected override DbParameter CreateDbParameter() => new MariaDbParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        Completed.From<DbDataReader>(token => Execution.Start(Demand(), this, behavior, token), cancellationToken);

    private int ExecuteNonQuery(CancellationToken cancellationToken)
    {
        using var reader = Execution.Start(Demand(), this, CommandBehavior.Default, cancellationToken);
        while (reader.NextResult(cancellationToken))
        {
            // Its changed rows are being counted.
        }
        return reader.RecordsAffected;
    }

    private object? ExecuteScalar(CancellationToken cancellationToken)
    {
        using var reader = Execution.Start(Demand(), this, CommandBehavior.Default, cancellationToken);
        return reader.Read() ? reader.GetValue(0) : null;
    }

    private MariaDbConnection Demand() => connection ?? throw new InvalidOperationException("The command has no connection.");
}
