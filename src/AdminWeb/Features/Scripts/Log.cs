namespace AdminPanel.Web.Features.Scripts;

/// <summary>Event ids 1310 to 1319.</summary>
internal static partial class Log
{
    [LoggerMessage(1310, LogLevel.Warning, "The sieve script of {Address} waits for the mail server: {Reason}")]
    public static partial void ScriptWaits(this ILogger logger, string address, string reason);

    [LoggerMessage(1311, LogLevel.Error, "The mail server does not take the sieve script of {Address}: {Reason}")]
    public static partial void ScriptRefused(this ILogger logger, string address, string reason);

    [LoggerMessage(1312, LogLevel.Warning, "Sieve scripts wait: {Reason}")]
    public static partial void ScriptsWait(this ILogger logger, string reason);
}
