using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// A form with a value that its page cannot have sent, such as a box that is neither true nor false, is answered 400 and
/// changes nothing: read as the default instead, it would switch off what nobody meant. What people type is text, and
/// an operation says what is wrong with it. A form that is too long is answered 413.
/// </summary>
internal sealed class ReadableForms : IAuthorizationFilter, IPageFilter, IOrderedFilter
{
    /// <summary>After a page's own limit (RequestSizeLimit, 900), and before the antiforgery check (1000), which reads the form and would call a long one unreadable.</summary>
    public int Order => 950;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var limit = context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (context.HttpContext.Request.ContentLength > limit) context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
    }

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // Nothing is read yet.
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (HttpMethods.IsPost(context.HttpContext.Request.Method) && !context.ModelState.IsValid) context.Result = new BadRequestResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        // The answer stands.
    }
}
