using MariaDb.Client.Native;

namespace MariaDb.Client.Sessions;

/// <summary>Reads the last error out of the library.</summary>
internal static unsafe class NativeErrors
{
    public static MariaDbException OfConnection(nint mysql) => new(
        (int)LibMariaDb.mysql_errno(mysql), LibMariaDb.Text(LibMariaDb.mysql_sqlstate(mysql)), LibMariaDb.Text(LibMariaDb.mysql_error(mysql)));

    /// <summary>An error while rows are fetched unbuffered is found on the MYSQL*, not on the statement.</summary>
    public static MariaDbException OfStatement(nint statement, nint mysql) => LibMariaDb.mysql_stmt_errno(statement) is var number and not 0
        ? new((int)number, LibMariaDb.Text(LibMariaDb.mysql_stmt_sqlstate(statement)), LibMariaDb.Text(LibMariaDb.mysql_stmt_error(statement)))
        : OfConnection(mysql);
}
