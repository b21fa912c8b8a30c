using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Serve;

/// <summary>The page for every answer that is not the one that was asked for. It asks the database nothing.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    private const int RetrySeconds = 10;

    public int Status { get; private set; }

    /// <summary>Key of the title; the text's key is the same with "Text".</summary>
    public string Title { get; private set; } = "";

    public string Text { get; private set; } = "";

    public string Reference => HttpContext.TraceIdentifier;

    /// <summary>Where "try again" leads: the address that was asked for, where asking again is harmless; else the start page.</summary>
    public string Retry { get; private set; } = "/";

    public bool IsUnavailable => Status == StatusCodes.Status503ServiceUnavailable;

    public bool IsFault => Status >= StatusCodes.Status500InternalServerError && !IsUnavailable;

    /// <summary>True when a form was being sent: whether it was saved is not known.</summary>
    public bool WasSaving { get; private set; }

    // Not OnGet: an error is answered with the method of the request that met it, whichever that was.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) =>
        Show(int.TryParse(context.RouteData.Values["status"]?.ToString(), out var status) ? status : null);

    private void Show(int? status)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        // After an exception the handler has already chosen the status.
        Status = failed is not null ? Response.StatusCode : status ?? StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        Title = Status switch
        {
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "NotFound",
            StatusCodes.Status413PayloadTooLarge => "TooLarge",
            StatusCodes.Status503ServiceUnavailable => "Unavailable",
            >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError => "BadRequest",
            _ => "Failed",
        };
        Text = Title + "Text";
        Title += "Title";
        WasSaving = !HttpMethods.IsGet(Request.Method) && !HttpMethods.IsHead(Request.Method);
        if (!IsUnavailable) return;

        if (failed is not null && !WasSaving) Retry = failed.Path + Request.QueryString.ToUriComponent();
        Response.Headers.RetryAfter = RetrySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!WasSaving) Response.Headers["Refresh"] = RetrySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
