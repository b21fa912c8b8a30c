namespace AdminPanel.Web.Features.Serve;

/// <summary>What every answer carries: pages, assets, errors and health alike.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Bootstrap's own pictures are data: SVGs; nothing inline, nothing from elsewhere.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string OneYear = "max-age=31536000";

    public Task InvokeAsync(HttpContext context)
    {
        // At the start of the answer, since the error page clears what was set before.
        context.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            // Assets name their own; a page is somebody's and is kept by nobody.
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            // RFC 6797 section 8.1.1: not for addresses; and a browser that learns it for localhost locks out other programs there.
            if (http.Request.IsHttps && http.Request.Host.Host is not "localhost") headers.StrictTransportSecurity = OneYear;
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
