using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Serilog.Context;

namespace AdminPanel.Web.Features.Serve;

/// <summary>
/// The outermost room: gives the request its id (the proxy's, where one is trusted), puts it on every log line and on
/// the answer, and logs one line when the answer is out. The line has the path and never the query, which may hold a token.
/// </summary>
internal sealed partial class RequestTrail(RequestDelegate next, PanelSettings settings, ILogger<RequestTrail> logger)
{
    public const string Header = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var method = context.Request.Method;
        // Taken now: error pages run as requests of their own below. Escaped, so that no line can be forged.
        var path = context.Request.Path.ToUriComponent();
        context.TraceIdentifier = IdOf(context);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = context.TraceIdentifier;
            return Task.CompletedTask;
        });
        using (LogContext.PushProperty("RequestId", context.TraceIdentifier))
        {
            try
            {
                await next(context);
            }
            finally
            {
                logger.RequestDone(method, path, context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds, context.Connection.RemoteIpAddress?.ToString());
            }
        }
    }

    private string IdOf(HttpContext context)
    {
        var forwarded = context.Request.Headers[Header];
        if (!StringValues.IsNullOrEmpty(forwarded) && settings.Trusts(context.Connection.RemoteIpAddress) && Id().IsMatch(forwarded.ToString()))
            return forwarded.ToString();

        return Guid.CreateVersion7().ToString("N");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{8,64}\z")]
    private static partial Regex Id();
}
