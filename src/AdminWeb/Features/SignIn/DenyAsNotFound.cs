using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// A stranger is sent to sign in; somebody who is signed in and may not, reads "not found", as for what does not
/// exist: an answer of 403 would say that it does. A mailbox owner whose password is too old is sent to change it, and
/// whoever owes a second factor, to set one up.
/// </summary>
internal sealed class DenyAsNotFound : IAuthorizationMiddlewareResultHandler
{
    private const string Own = "/me";

    private const string OwnPassword = "/me/password";

    private const string SecondFactor = "/account/second-factor";

    private readonly AuthorizationMiddlewareResultHandler otherwise = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden && Policies.HasExpiredPassword(context.User) && context.Request.Path.StartsWithSegments(Own, StringComparison.Ordinal))
        {
            context.Response.Redirect(OwnPassword);
            return Task.CompletedTask;
        }
        if (authorizeResult.Forbidden && Policies.OwesSecondFactor(context.User) && context.Request.Path != SecondFactor)
        {
            context.Response.Redirect(SecondFactor);
            return Task.CompletedTask;
        }
        if (authorizeResult.Forbidden || (context.GetEndpoint() is null && !authorizeResult.Succeeded))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return otherwise.HandleAsync(next, context, policy, authorizeResult);
    }
}
