namespace MariaDb.Client;

/// <summary>Numbers of errors that callers decide on (MariaDB Knowledge Base, "MariaDB Error Code Reference"); 2000 and up are the client library's.</summary>
public static class MariaDbErrorCode
{
    public const int TooManyConnections = 1040;
    public const int AccessDenied = 1045;
    public const int NotReady = 1047;
    public const int UnknownDatabase = 1049;
    public const int TableExists = 1050;
    public const int ServerShutdown = 1053;
    public const int DuplicateKey = 1062;
    public const int SyntaxError = 1064;
    public const int NoSuchTable = 1146;
    public const int RecordHasChanged = 1020;
    public const int TooManyUserConnections = 1203;
    public const int LockWaitTimeout = 1205;
    public const int Deadlock = 1213;
    public const int DataOutOfRange = 1264;
    public const int CannotBePrepared = 1295;
    public const int QueryInterrupted = 1317;
    public const int DataTooLong = 1406;
    public const int ForeignKeyParent = 1451;
    public const int ForeignKeyChild = 1452;
    public const int TooManyStatements = 1461;
    public const int NeedsReprepare = 1615;
    public const int ConnectionKilled = 1927;

    /// <summary>The server's max_statement_time or the command's own timeout ran out.</summary>
    public const int StatementTimeout = 1969;
    public const int CheckConstraint = 4025;
    public const int SocketConnectFailed = 2002;
    public const int HostConnectFailed = 2003;
    public const int UnknownHost = 2005;

    /// <summary>The connection was found dead before the statement left.</summary>
    public const int ServerGone = 2006;

    /// <summary>The connection died while an answer was awaited.</summary>
    public const int ServerLost = 2013;
    public const int TlsFailed = 2026;
    public const int ServerLostExtended = 2055;

    /// <summary>A prepared statement's result has other columns than before.</summary>
    public const int ColumnsChanged = 2057;
}
