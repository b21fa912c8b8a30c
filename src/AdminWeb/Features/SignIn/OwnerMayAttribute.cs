using AdminPanel.Data.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>A page of mailbox owners that is there where their domain lets them do this, and not found where it does not.</summary>
/// <param name="right">One bit. The operation behind the page asks for it once more, of the database.</param>
/// <param name="policy">Which owners.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnerMayAttribute(OwnerRights right, string policy = Policies.Owner) : AuthorizeAttribute(policy), IAuthorizationRequirementData
{
    public OwnerRights Right => right;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new AssertionRequirement(context => Policies.May(context.User, right))];
}
