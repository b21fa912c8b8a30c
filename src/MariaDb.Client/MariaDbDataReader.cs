using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using MariaDb.Client.Statements;

namespace MariaDb.Client;

/// <summary>
/// The rows of a command as they come from the server: only the current one is in memory. tinyint(1) is a bool, DATE a
/// DateOnly, TIME a TimeSpan, DATETIME and TIMESTAMP a DateTime of unspecified kind in UTC, BIT a ulong.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "ADO.NET calls its readers so.")]
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented", Justification = "The base class is not generic.")]
public sealed class MariaDbDataReader : DbDataReader
{
    private readonly MariaDbConnection connection;
    private readonly Execution execution;
    private readonly PreparedStatement? statement;
    private readonly CommandBehavior behavior;
    private long affected = -1;
    private bool isWaitingFirst;
    private bool isOnRow;
    private bool isClosed;

    internal MariaDbDataReader(MariaDbConnection connection, Execution execution, PreparedStatement statement, CommandBehavior behavior)
    {
        (this.connection, this.execution, this.statement, this.behavior) = (connection, execution, statement, behavior);
        connection.Reader = this;
        try
        {
            Begin();
        }
        catch
        {
            Abort();
            throw;
        }
    }

    /// <summary>For a statement that had to be sent as text and has no rows.</summary>
    internal MariaDbDataReader(MariaDbConnection connection, Execution execution, long affected, CommandBehavior behavior)
    {
        (this.connection, this.execution, this.affected, this.behavior) = (connection, execution, affected, behavior);
        connection.Reader = this;
    }

    public override int Depth => 0;

    public override int FieldCount => Columns.Length;

    public override bool HasRows => HasRowsNow;

    public override bool IsClosed => isClosed;

    /// <summary>Rows changed by all results so far; -1 when every one of them had rows.</summary>
    public override int RecordsAffected => checked((int)affected);

    private bool HasRowsNow { get; set; }

    private bool HasColumns { get; set; }

    private ResultColumn[] Columns => HasColumns ? statement!.Row.Columns : [];

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (!HasColumns) return false;
        if (isWaitingFirst)
        {
            isWaitingFirst = false;
            return isOnRow = true;
        }
        return isOnRow && execution.Guarded(static (_, reader) => reader.Fetch(), this, CancellationToken.None);
    }

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || isWaitingFirst) return base.ReadAsync(cancellationToken);
        return Completed.From(token => isOnRow && execution.Guarded(static (_, reader) => reader.Fetch(), this, token), cancellationToken);
    }

    public override bool NextResult() => NextResult(CancellationToken.None);

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) => Completed.From(NextResult, cancellationToken);

    /// <summary>Drops the rows that nobody read.</summary>
    /// <exception cref="MariaDbException">The statement ended in an error after these rows, or was stopped, and was to change something.</exception>
    public override void Close()
    {
        if (isClosed) return;
        try
        {
            if (statement is not null && connection.State == ConnectionState.Open)
            {
                execution.Guarded(static (_, reader) => reader.AdvanceToEnd(), this, CancellationToken.None);
            }
        }
        catch (MariaDbException e) when (execution.OnlyReads && e.Number is MariaDbErrorCode.QueryInterrupted or MariaDbErrorCode.StatementTimeout)
        {
            // Nobody wanted the rest of the rows.
        }
        finally
        {
            statement?.Row.Shrink();
            Detach();
            if (connection.State == ConnectionState.Open) execution.End();
        }
        if ((behavior & CommandBehavior.CloseConnection) != 0) connection.Close();
    }

    public override bool IsDBNull(int ordinal) => Current.Row.IsNull(ordinal);

    public override object GetValue(int ordinal) => RowValues.Boxed(Current, ordinal);

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override string GetName(int ordinal) => Columns[ordinal].Name;

    public override int GetOrdinal(string name)
    {
        var exact = Array.FindIndex(Columns, column => column.Name == name);
        var index = exact >= 0 ? exact : Array.FindIndex(Columns, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index : throw new ArgumentOutOfRangeException(nameof(name), $"The result has no column {name}.");
    }

    public override string GetDataTypeName(int ordinal) => Columns[ordinal].TypeName;

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => Columns[ordinal].ClrType;

    public override bool GetBoolean(int ordinal) => RowValues.Integer(Current, ordinal) != 0;

    public override byte GetByte(int ordinal) => checked((byte)RowValues.Integer(Current, ordinal));

    public override short GetInt16(int ordinal) => checked((short)RowValues.Integer(Current, ordinal));

    public override int GetInt32(int ordinal) => checked((int)RowValues.Integer(Current, ordinal));

    public override long GetInt64(int ordinal) => RowValues.Integer(Current, ordinal);

    public override float GetFloat(int ordinal) => (float)RowValues.Double(Current, ordinal);

    public override double GetDouble(int ordinal) => RowValues.Double(Current, ordinal);

    public override decimal GetDecimal(int ordinal) => RowValues.Decimal(Current, ordinal);

    public override DateTime GetDateTime(int ordinal) => RowValues.DateTime(Current, ordinal);

    public override Guid GetGuid(int ordinal) => RowValues.Guid(Current, ordinal);

    public override string GetString(int ordinal) => RowValues.Text(Current, ordinal);

    public override char GetChar(int ordinal) => GetString(ordinal) is [var only] ? only : throw new InvalidCastException($"Column {GetName(ordinal)} is not one character.");

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy(Current.Bytes(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy<char>(GetString(ordinal), dataOffset, buffer, bufferOffset, length);

    /// <summary>Without boxing for the types that columns have.</summary>
    public override T GetFieldValue<T>(int ordinal) => FieldValues.Get<T>(Current, ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    internal bool NextResult(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        return statement is not null && execution.Guarded(static (_, reader) => reader.Advance(), this, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        base.Dispose(disposing);
    }

    private PreparedStatement Current => isOnRow && !isWaitingFirst ? statement! : throw new InvalidOperationException("There is no current row; call Read first.");

    private static long Copy<T>(ReadOnlySpan<T> source, long from, T[]? buffer, int at, int length)
    {
        if (buffer is null) return source.Length;
        var rest = source[(int)Math.Min(from, source.Length)..];
        var count = Math.Min(length, rest.Length);
        rest[..count].CopyTo(buffer.AsSpan(at));
        return count;
    }

    /// <summary>The first row is fetched at once: with it come errors, and the answer to HasRows.</summary>
    private void Begin()
    {
        HasColumns = statement!.FieldCount > 0;
        if (!HasColumns)
        {
            affected = Math.Max(affected, 0) + Math.Max(statement.AffectedRows, 0);
            return;
        }
        statement.DescribeRow();
        isOnRow = HasRowsNow = isWaitingFirst = statement.Fetch(execution.Limit);
    }

    private bool Fetch() => isOnRow = statement!.Fetch(execution.Limit);

    private bool Advance()
    {
        if (HasColumns) statement!.Drain(execution.Limit);
        isOnRow = isWaitingFirst = HasColumns = HasRowsNow = false;
        if (!statement!.NextResult(execution.Limit)) return false;
        Begin();
        return true;
    }

    private bool AdvanceToEnd()
    {
        while (Advance())
        {
            // One after another.
        }
        return true;
    }

    private void Detach()
    {
        isClosed = true;
        isOnRow = HasColumns = false;
        connection.Reader = null;
    }

    /// <summary>The execution failed: no rest to read.</summary>
    private void Abort()
    {
        Detach();
        if (connection.State == ConnectionState.Open) connection.Demand().Statements.Drop(statement!);
    }
}
