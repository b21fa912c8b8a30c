using Microsoft.AspNetCore.Diagnostics;

namespace AdminPanel.Web.Features.Serve;

/// <summary>The one place that catches what a request threw: says it in the log, and chooses the status. The page is <see cref="ErrorModel"/>.</summary>
internal sealed class FaultLog(ILogger<FaultLog> logger) : IExceptionHandler
{
    public static int StatusOf(Exception exception)
    {
        if (exception is BadHttpRequestException bad) return bad.StatusCode;

        return DatabaseFault.In(exception) is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;
    }

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // A database that is down is one line and not a stack trace a request.
        if (DatabaseFault.In(exception) is { } fault) logger.DatabaseDown(fault.Message);
        else if (exception is not BadHttpRequestException) logger.RequestFailed(exception, httpContext.Request.Method, PathOf(httpContext));
        return ValueTask.FromResult(false);
    }

    // The request's own path is the error page's by now.
    private static string PathOf(HttpContext context) =>
        new PathString(context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? "/").ToUriComponent();
}
