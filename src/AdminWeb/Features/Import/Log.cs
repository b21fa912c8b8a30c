namespace AdminPanel.Web.Features.Import;

/// <summary>Event ids 5110 to 5119.</summary>
internal static partial class Log
{
    [LoggerMessage(5110, LogLevel.Warning, "Expired imports stay for now: {Reason}")]
    public static partial void ExpiredStay(this ILogger logger, string reason);
}
