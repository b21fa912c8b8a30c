namespace AdminPanel.Web.Features.Sessions;

/// <summary>Event ids 1300 to 1309.</summary>
internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Warning, "Old rows of session_ends stay for now: {Reason}")]
    public static partial void SessionEndsStay(this ILogger logger, string reason);
}
