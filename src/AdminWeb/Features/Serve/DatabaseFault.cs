using System.Data.Common;

namespace AdminPanel.Web.Features.Serve;

/// <summary>Tells a database that does not answer from a bug: only the first is worth "try again".</summary>
internal static class DatabaseFault
{
    /// <summary>The driver's exception inside, however deep: data protection and EF Core wrap it. Null where there is none that means "down".</summary>
    public static DbException? In(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException fault && IsDown(fault)) return fault;
        }
        return null;
    }

    /// <summary>
    /// MariaDB: 2000 to 2999 are the client library's own (no server, connection lost, no name); 1040 too many
    /// connections, 1044/1045/1049 no such account or schema (yet), 1053 shutdown, 1129 host blocked, 1146 no such
    /// table (not migrated), 1927 connection killed. https://mariadb.com/kb/en/mariadb-error-code-reference/
    /// </summary>
    private static bool IsDown(DbException fault) => fault.ErrorCode is
        (>= 2000 and < 3000) or 1040 or 1044 or 1045 or 1049 or 1053 or 1129 or 1146 or 1927;
}
