using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Asks in which domain a mailbox is to be added.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ChooseModel(DomainRows domains, IStringLocalizer<MailboxesText> words) : ChooseDomainModel(domains, DomainPermissions.Mailboxes)
{
    protected override string Title => words["AddTitle"];
}
