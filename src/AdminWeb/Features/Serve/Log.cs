namespace AdminPanel.Web.Features.Serve;

/// <summary>Event ids 5000 to 5099.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "{Method} {Path} {Status} in {Elapsed:0} ms from {Source}")]
    public static partial void RequestDone(this ILogger logger, string method, string path, int status, double elapsed, string? source);

    [LoggerMessage(5001, LogLevel.Error, "{Method} {Path} failed; the answer shows this line's request id as its reference")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(5002, LogLevel.Error, "The database does not answer: {Reason}")]
    public static partial void DatabaseDown(this ILogger logger, string reason);

    [LoggerMessage(5003, LogLevel.Warning, "A request in clear from {Source}: the proxy of Panel:Proxy must send X-Forwarded-Proto, and nobody else should reach this port")]
    public static partial void ClearText(this ILogger logger, string? source);

    [LoggerMessage(5004, LogLevel.Warning, "Not ready: {Reason}")]
    public static partial void NotReady(this ILogger logger, string reason);

    [LoggerMessage(5005, LogLevel.Information, "The panel is at {Url}")]
    public static partial void Serving(this ILogger logger, string url);
}
