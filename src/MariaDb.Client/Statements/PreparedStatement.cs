using MariaDb.Client.Native;
using MariaDb.Client.Sessions;
using MariaDb.Client.Sql;

namespace MariaDb.Client.Statements;

/// <summary>
/// A MYSQL_STMT* with its parameter and row buffers. It belongs to its session's <see cref="SessionHandle"/>, which
/// frees it: commands and readers only borrow it.
/// </summary>
internal sealed unsafe class PreparedStatement
{
    private readonly Session session;
    private nint pointer;

    private PreparedStatement(Session session, string text, SqlText sql)
    {
        this.session = session;
        Text = text;
        Sql = sql;
        pointer = LibMariaDb.mysql_stmt_init(session.Handle.Pointer);
        if (pointer == 0) throw session.Failed(NativeErrors.OfConnection(session.Handle.Pointer));
        NativeAllocations.Born();
        session.Handle.Own(this);
    }

    /// <summary>As the caller wrote it.</summary>
    public string Text { get; }

    public SqlText Sql { get; }

    public long LastUse { get; set; }

    public ParameterBuffer Parameters { get; } = new();

    public RowBuffer Row { get; } = new();

    /// <summary>Of the last execution's current result; 0 when it has no rows.</summary>
    public int FieldCount => (int)LibMariaDb.mysql_stmt_field_count(pointer);

    public long AffectedRows => (long)LibMariaDb.mysql_stmt_affected_rows(pointer);

    public static PreparedStatement Prepare(Session session, string text, SqlText sql, long limit)
    {
        var statement = new PreparedStatement(session, text, sql);
        try
        {
            statement.Prepare(limit);
            return statement;
        }
        catch
        {
            session.Handle.Free(statement);
            throw;
        }
    }

    public void Execute(MariaDbParameterCollection parameters, long limit)
    {
        var binds = Parameters.Fill(Sql.ParameterNames, parameters);
        session.Watch.EnterUnlessCancelled(limit);
        try
        {
            if (binds != null && LibMariaDb.mysql_stmt_bind_param(pointer, binds) != 0) throw Failure();
            if (LibMariaDb.mysql_stmt_execute(pointer) != 0) throw Failure();
        }
        finally
        {
            session.Watch.Exit();
            GC.KeepAlive(session.Handle);
        }
    }

    /// <summary>Reads what the columns of the current result are, and gives the library the buffers for them.</summary>
    public void DescribeRow()
    {
        var metadata = LibMariaDb.mysql_stmt_result_metadata(pointer);
        if (metadata == 0) throw Failure();
        var binds = Row.Describe(LibMariaDb.mysql_fetch_fields(metadata), FieldCount);
        LibMariaDb.mysql_free_result(metadata);
        if (LibMariaDb.mysql_stmt_bind_result(pointer, binds) != 0) throw Failure();
        GC.KeepAlive(session.Handle);
    }

    /// <returns>False after the last row.</returns>
    public bool Fetch(long limit)
    {
        Row.Forget();
        session.Watch.EnterUnlessCancelled(limit);
        try
        {
            return LibMariaDb.mysql_stmt_fetch(pointer) switch
            {
                0 or NativeConstants.DataTruncated => true,
                NativeConstants.NoData => false,
                _ => throw Failure(),
            };
        }
        finally
        {
            session.Watch.Exit();
            GC.KeepAlive(session.Handle);
        }
    }

    /// <summary>The whole value of a column of the current row, however long.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        if (Row.TryGetBytes(column, out var bytes)) return bytes;
        var bind = Row.LongValueBind(column);
        if (LibMariaDb.mysql_stmt_fetch_column(pointer, &bind, (uint)column, 0) != 0) throw Failure();
        GC.KeepAlive(session.Handle);
        return Row.LongValue(column);
    }

    /// <summary>Drops the rest of the current result.</summary>
    /// <exception cref="MariaDbException">The rest ended in an error: whatever the statement did was undone.</exception>
    public void Drain(long limit)
    {
        session.Watch.Enter(limit);
        try
        {
            LibMariaDb.mysql_stmt_free_result(pointer);
            if (LibMariaDb.mysql_errno(session.Handle.Pointer) != 0) throw Failure();
        }
        finally
        {
            session.Watch.Exit();
            GC.KeepAlive(session.Handle);
        }
    }

    /// <returns>False when there is no further result.</returns>
    public bool NextResult(long limit)
    {
        if (LibMariaDb.mysql_stmt_more_results(pointer) == 0) return false;
        session.Watch.Enter(limit);
        try
        {
            return LibMariaDb.mysql_stmt_next_result(pointer) switch
            {
                0 => true,
                -1 => false,
                _ => throw Failure(),
            };
        }
        finally
        {
            session.Watch.Exit();
            GC.KeepAlive(session.Handle);
        }
    }

    /// <summary>For the owner alone.</summary>
    public void FreeNative()
    {
        if (pointer == 0) return;
        LibMariaDb.mysql_stmt_close(pointer);
        NativeAllocations.Gone();
        pointer = 0;
        Parameters.Free();
        Row.Free();
    }

    private void Prepare(long limit)
    {
        session.Watch.EnterUnlessCancelled(limit);
        try
        {
            fixed (byte* text = Sql.Utf8)
            {
                if (LibMariaDb.mysql_stmt_prepare(pointer, text, (ulong)Sql.Utf8.Length) != 0) throw Failure();
            }
            // The library reads as many binds as the server counts: one more than were filled is memory of somebody else.
            if (LibMariaDb.mysql_stmt_param_count(pointer) != (ulong)Sql.ParameterNames.Count)
            {
                throw new MariaDbException(0, "07001", "The server finds other parameters in the statement than the driver: is there one in an executable comment?");
            }
        }
        finally
        {
            session.Watch.Exit();
            GC.KeepAlive(session.Handle);
        }
    }

    private MariaDbException Failure() => session.Failed(NativeErrors.OfStatement(pointer, session.Handle.Pointer));
}
