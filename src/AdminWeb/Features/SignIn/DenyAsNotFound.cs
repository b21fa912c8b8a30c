using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// A stranger is sent to sign in; somebody who is signed in and may not, reads "not found", as for what does not
/// exist: an answer of 403 would say that it does.
/// </summary>
internal sealed class DenyAsNotFound : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler otherwise = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden || (context.GetEndpoint() is null && !authorizeResult.Succeeded))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return otherwise.HandleAsync(next, context, policy, authorizeResult);
    }
}
