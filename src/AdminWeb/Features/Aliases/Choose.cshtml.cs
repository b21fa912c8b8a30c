using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Asks in which domain an alias is to be added.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ChooseModel(DomainRows domains, IStringLocalizer<AliasesText> words) : ChooseDomainModel(domains, DomainPermissions.Aliases)
{
    protected override string Title => words["AddTitle"];
}
