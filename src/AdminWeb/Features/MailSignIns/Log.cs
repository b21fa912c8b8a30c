namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>Event ids 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Warning, "A report of sign-ins from {Source} was refused with status {Status}")]
    public static partial void ReportRefused(this ILogger logger, string? source, int status);

    [LoggerMessage(1101, LogLevel.Warning, "Sign-ins of mail programs are not written down: {Reason}")]
    public static partial void NotRecorded(this ILogger logger, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "{Count} sign-ins of mail programs came faster than they could be written down and are lost")]
    public static partial void Dropped(this ILogger logger, long count);
}
