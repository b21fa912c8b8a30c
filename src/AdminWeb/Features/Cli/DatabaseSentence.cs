using System.Data.Common;

namespace AdminPanel.Web.Features.Cli;

/// <summary>What to do about a database that failed. Numbers: https://mariadb.com/kb/en/mariadb-error-code-reference/</summary>
internal static class DatabaseSentence
{
    public static string Of(DbException fault) => fault.ErrorCode switch
    {
        1146 or 1054 => $"The database has not the tables of this version: run adminpanel db migrate. ({fault.Message})",
        1044 or 1045 => $"The database refuses the panel's account: check User and Password in ConnectionStrings:Panel. ({fault.Message})",
        1049 => $"The database does not exist yet: create it, or check Database in ConnectionStrings:Panel. ({fault.Message})",
        >= 2000 and < 3000 => $"The database does not answer: check that MariaDB runs, and Server, Port or Socket in ConnectionStrings:Panel. ({fault.Message})",
        _ => $"The database failed: {fault.Message}",
    };
}
