namespace AdminPanel.Web.Features.Jobs;

/// <summary>Event ids 5100 to 5199.</summary>
internal static partial class Log
{
    [LoggerMessage(5100, LogLevel.Information, "Works on job {Id} as its worker number {Fence}")]
    public static partial void JobTaken(this ILogger logger, long id, long fence);

    [LoggerMessage(5101, LogLevel.Error, "Job {Id} failed")]
    public static partial void JobFailed(this ILogger logger, Exception exception, long id);

    [LoggerMessage(5102, LogLevel.Warning, "Jobs wait: {Reason}")]
    public static partial void JobsWait(this ILogger logger, string reason);
}
