namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Event ids 2200 to 2299.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Warning, "What lists of mailboxes are ordered by is not counted: {Reason}")]
    public static partial void FiguresWait(this ILogger logger, string reason);
}
