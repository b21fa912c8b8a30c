using System.Security.Claims;
using AdminPanel.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>What Identity writes into a cookie (id, login, security stamp), the account's kind as its role, and what the domain of a mailbox owner lets owners do.</summary>
internal sealed class AccountPrincipal(UserManager<Account> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(identity.RoleClaimType, user.Kind.ToString()));
        if (user.Mailbox?.Entry?.Domain is { } domain) identity.AddClaim(Policies.Granted(domain.OwnerRights));
        return identity;
    }
}
