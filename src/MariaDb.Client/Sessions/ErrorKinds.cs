namespace MariaDb.Client.Sessions;

/// <summary>What an error number means for the connection and for a retry.</summary>
internal static class ErrorKinds
{
    /// <summary>A retry of the whole transaction may succeed, and cannot do anything twice.</summary>
    public static bool IsTransient(int number) => number is
        MariaDbErrorCode.Deadlock or MariaDbErrorCode.LockWaitTimeout or MariaDbErrorCode.RecordHasChanged or MariaDbErrorCode.NeedsReprepare
        or MariaDbErrorCode.TooManyConnections or MariaDbErrorCode.TooManyUserConnections or MariaDbErrorCode.NotReady
        or MariaDbErrorCode.SocketConnectFailed or MariaDbErrorCode.HostConnectFailed
        || IsLost(number);

    /// <summary>The connection is of no further use.</summary>
    public static bool IsLost(int number) => number is
        MariaDbErrorCode.ServerGone or MariaDbErrorCode.ServerLost or MariaDbErrorCode.ServerLostExtended
        or MariaDbErrorCode.ServerShutdown or MariaDbErrorCode.ConnectionKilled;

    /// <summary>The server rolls the whole transaction back, not the statement alone, and is outside of one afterwards.</summary>
    public static bool EndsTransaction(int number) => number is MariaDbErrorCode.Deadlock or MariaDbErrorCode.RecordHasChanged;

    /// <summary>
    /// Whether the session has to go: lost, or an error of the client library itself (2000 to 2999), after which the
    /// state of the protocol is anybody's guess.
    /// </summary>
    public static bool BreaksSession(int number) => IsLost(number) || number is >= 2000 and < 3000 and not MariaDbErrorCode.ColumnsChanged;

    /// <summary>
    /// Whether an error in COMMIT leaves its outcome open. Number 2006 does not: libmariadb gives it when the statement
    /// could not be written, so the server has never seen it.
    /// </summary>
    public static bool LeavesCommitOpen(int number) => number != MariaDbErrorCode.ServerGone && BreaksSession(number);
}
