using System.Text;
using MariaDb.Client.Native;
using MariaDb.Client.Sql;
using MariaDb.Client.Statements;

namespace MariaDb.Client.Sessions;

/// <summary>One authenticated connection to one server, with its prepared statements. Used by one thread at a time.</summary>
internal sealed unsafe class Session : IDisposable
{
    /// <summary>
    /// Literals compare octet by octet as in C#, TIMESTAMP and NOW() are UTC, and neither the character set (which
    /// skip-character-set-client-handshake or init_connect may have changed) nor quoting nor rounding depends on the
    /// server's configuration.
    /// </summary>
    private static readonly byte[] Preamble =
        "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin,time_zone='+00:00',sql_mode='STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION'"u8.ToArray();

    private readonly SessionHandle handle;

    public Session(SessionHandle handle, SessionSettings settings, Endpoint endpoint)
    {
        this.handle = handle;
        Endpoint = endpoint;
        ServerVersion = LibMariaDb.Text(LibMariaDb.mysql_get_server_info(handle.Pointer));
        TlsCipher = LibMariaDb.mysql_get_ssl_cipher(handle.Pointer) is var cipher && cipher is null ? null : LibMariaDb.Text(cipher);
        ThreadId = LibMariaDb.mysql_thread_id(handle.Pointer);
        Limit = settings.ConnectTimeout;
        handle.KeepSocket();
        Watch = new SessionWatch(new QueryKiller(settings, endpoint, ThreadId).TryKill, handle.Socket);
        Statements = new StatementCache(this);
        Run(Preamble, LimitMilliseconds);
        Settle();
    }

    public Endpoint Endpoint { get; }

    public string ServerVersion { get; }

    /// <summary>Null without TLS.</summary>
    public string? TlsCipher { get; }

    /// <summary>The server's number for this connection, as KILL takes it.</summary>
    public ulong ThreadId { get; }

    public SessionWatch Watch { get; }

    public StatementCache Statements { get; }

    /// <summary>Of no further use: to be closed, not returned.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Carries what a reset does not take back (another database).</summary>
    public bool IsSpoilt { get; set; }

    /// <summary>Somebody may have changed variables, locks or temporary tables.</summary>
    public bool NeedsReset { get; set; }

    /// <summary>Since the last START TRANSACTION an error came with which the server rolls back the whole transaction.</summary>
    public bool HasLostTransaction { get; set; }

    /// <summary>How often its pool had been cleared when it was opened.</summary>
    public int Generation { get; set; }

    /// <summary>When it came back to the pool, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long IdleSince { get; set; }

    /// <summary>As the server said at the end of the last statement.</summary>
    public bool IsInTransaction
    {
        get
        {
            uint status = 0;
            if (LibMariaDb.mariadb_get_info(handle.Pointer, NativeConstants.ConnectionServerStatus, &status) != 0) return false;
            GC.KeepAlive(handle);
            return (status & NativeConstants.StatusInTransaction) != 0;
        }
    }

    internal SessionHandle Handle => handle;

    private TimeSpan Limit { get; }

    private long LimitMilliseconds => (long)Limit.TotalMilliseconds;

    /// <summary>A statement without parameters whose rows, if any, nobody wants.</summary>
    /// <param name="limit">Milliseconds; 0 for none.</param>
    /// <returns>The rows changed.</returns>
    public long Run(string sql, long limit, bool mayKill = true) => Run(Encoding.UTF8.GetBytes(sql), limit, mayKill);

    /// <summary>COMMIT. When its answer does not come, the session is severed, not killed: a kill would change nothing and hide the outcome.</summary>
    /// <exception cref="MariaDbCommitUnknownException">The connection was lost after it was sent.</exception>
    public void Commit(long limit)
    {
        try
        {
            Run("COMMIT", limit, mayKill: false);
        }
        catch (MariaDbException e) when (ErrorKinds.LeavesCommitOpen(e.Number))
        {
            throw new MariaDbCommitUnknownException(e);
        }
    }

    public void SelectDatabase(string name)
    {
        Watch.Begin();
        Watch.Enter(LimitMilliseconds);
        try
        {
            IsSpoilt = true;
            if (LibMariaDb.mysql_select_db(handle.Pointer, name) != 0) throw Failed(NativeErrors.OfConnection(handle.Pointer));
        }
        finally
        {
            Watch.Exit();
            GC.KeepAlive(handle);
            Settle();
        }
    }

    /// <summary>Rolls back, frees locks and temporary tables, forgets variables and prepared statements (COM_RESET_CONNECTION).</summary>
    public void Reset()
    {
        Statements.Clear();
        Watch.Begin();
        Watch.Enter(LimitMilliseconds);
        try
        {
            if (LibMariaDb.mysql_reset_connection(handle.Pointer) != 0) throw Failed(NativeErrors.OfConnection(handle.Pointer));
        }
        finally
        {
            Watch.Exit();
            GC.KeepAlive(handle);
        }
        Run(Preamble, LimitMilliseconds);
        Settle();
        NeedsReset = HasLostTransaction = false;
    }

    /// <summary>Whether the server still listens; asked over the wire only after a long rest.</summary>
    public bool IsAlive(long restMilliseconds)
    {
        if (IsBroken || LibC.IsReadable(handle.Socket)) return false;
        if (restMilliseconds < 30_000) return true;
        Watch.Begin();
        Watch.Enter(LimitMilliseconds);
        try
        {
            if (LibMariaDb.mysql_ping(handle.Pointer) != 0) return false;
        }
        finally
        {
            Watch.Exit();
            GC.KeepAlive(handle);
        }
        Settle();
        return !IsBroken;
    }

    /// <summary>
    /// After a kill was sent: if the statement had ended by itself, the kill waits for the next one. This is the next one.
    /// </summary>
    public void Settle()
    {
        if (IsBroken || !Watch.KillSent) return;
        Watch.Begin();
        try
        {
            Run("DO 0", LimitMilliseconds);
        }
        catch (MariaDbException e) when (e.Number == MariaDbErrorCode.QueryInterrupted)
        {
            // The late kill; it has done its worst.
        }
        catch (MariaDbException)
        {
            IsBroken = true;
        }
        // Too slow to be sure what was killed.
        if (Watch.KillSent) IsBroken = true;
    }

    /// <summary>Notes what an error means for the session.</summary>
    public MariaDbException Failed(MariaDbException error)
    {
        if (ErrorKinds.BreaksSession(error.Number)) IsBroken = true;
        if (ErrorKinds.EndsTransaction(error.Number)) HasLostTransaction = true;
        return error;
    }

    /// <summary>Its protocol can no longer be trusted.</summary>
    public void Break() => IsBroken = true;

    /// <summary>Ends the connection at once: closing it waits for nothing any more, and the server stops what it does for it.</summary>
    public void Sever()
    {
        IsBroken = true;
        LibC.Sever(handle.Socket);
    }

    /// <summary>Notes what a statement may leave behind.</summary>
    public void Note(SqlText sql)
    {
        if (sql.LeavesTraces) NeedsReset = true;
        if (sql.Kind == StatementKind.Use) IsSpoilt = true;
    }

    public void Dispose() => handle.Dispose();

    private long Run(byte[] sql, long limit, bool mayKill = true)
    {
        Watch.Enter(limit, mayKill);
        try
        {
            fixed (byte* text = sql)
            {
                if (LibMariaDb.mysql_real_query(handle.Pointer, text, (ulong)sql.Length) != 0) throw Failed(NativeErrors.OfConnection(handle.Pointer));
            }
            var rows = LibMariaDb.mysql_store_result(handle.Pointer);
            if (rows != 0) LibMariaDb.mysql_free_result(rows);
            if (rows == 0 && LibMariaDb.mysql_errno(handle.Pointer) != 0) throw Failed(NativeErrors.OfConnection(handle.Pointer));
            return (long)LibMariaDb.mysql_affected_rows(handle.Pointer);
        }
        finally
        {
            Watch.Exit();
            GC.KeepAlive(handle);
        }
    }
}
