namespace AdminPanel.Web.Features.Notices;

/// <summary>Event ids 1200 to 1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Information, "Sent the {Kind} message to {Address}")]
    public static partial void NoticeSent(this ILogger logger, string kind, string address);

    [LoggerMessage(1201, LogLevel.Warning, "The {Kind} message to {Address} waits until {DueAt:u}: {Reason}")]
    public static partial void NoticeWaits(this ILogger logger, string kind, string address, DateTime dueAt, string reason);

    [LoggerMessage(1202, LogLevel.Error, "The {Kind} message to {Address} is given up: {Reason}")]
    public static partial void NoticeGivenUp(this ILogger logger, string kind, string address, string reason);

    [LoggerMessage(1203, LogLevel.Warning, "Messages to mailbox owners wait: {Reason}")]
    public static partial void NoticesWait(this ILogger logger, string reason);
}
