namespace AdminPanel.Web.Features.Serve;

/// <summary>
/// Behind a proxy the panel's own port speaks HTTP. Whoever comes to it past the proxy, or through one that does not
/// say that it spoke HTTPS, is sent to the panel's address, and nothing of a form is read.
/// </summary>
internal sealed class HttpsOnly(RequestDelegate next, PanelSettings settings, ILogger<HttpsOnly> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!settings.IsSecure || request.IsHttps || Health.IsHealth(request.Path)) return next(context);

        logger.ClearText(context.Connection.RemoteIpAddress?.ToString());
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            context.Response.Redirect($"{settings.Url}{request.PathBase}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}");
        else
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
