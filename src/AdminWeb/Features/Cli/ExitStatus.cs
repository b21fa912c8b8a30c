namespace AdminPanel.Web.Features.Cli;

/// <summary>What a shell gets. Scripts rely on it.</summary>
public static class ExitStatus
{
    public const int Done = 0;

    /// <summary>The reasons are on stderr; nothing changed.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The database, a daemon or a file failed; nothing is half done.</summary>
    public const int OutsideFailed = 3;

    /// <summary>The connection was lost at the commit; stderr has the command that tells.</summary>
    public const int Unknown = 4;
}
