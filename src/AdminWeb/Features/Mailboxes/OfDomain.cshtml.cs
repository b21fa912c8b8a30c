using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>The mailboxes of one domain.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class OfDomainModel(MailboxRows mailboxes, DomainRows domains) : PageModel
{
    public ListQuery Query { get; private set; } = new();

    public DomainRow Domain { get; private set; } = null!;

    public bool MayAdd { get; private set; }

    public RowPage<MailboxRow> List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string domain, [FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        Query = query;
        if (!DomainName.TryParse(domain, out var name) || await domains.RowAsync(name, actor, ct) is not { } found) return NotFound();
        if (await mailboxes.OfDomainAsync(name, query.ToRequest(), actor, ct) is not { } list) return NotFound();

        (Domain, List) = (found, list);
        MayAdd = (await domains.PermissionsAsync(name, actor, ct)).HasFlag(DomainPermissions.Mailboxes);
        return Page();
    }
}
