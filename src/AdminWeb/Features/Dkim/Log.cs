namespace AdminPanel.Web.Features.Dkim;

/// <summary>Event ids 2400 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Warning, "The records of DKIM keys are not looked for: {Reason}")]
    public static partial void DkimWaits(this ILogger logger, string reason);
}
