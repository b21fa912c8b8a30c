using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>What the owners of a domain's mailboxes do alone, and what is asked of them.</summary>
/// <param name="OwnAliasLimit">Addresses of their own for each; null is as many as the panel lets anybody have.</param>
/// <param name="PasswordMinLength">Null is what the panel asks everywhere.</param>
public sealed record DomainSelfService(long Id, long Version, DomainName Name, OwnerRights Rights, bool NeedsSecondFactor, int? OwnAliasLimit, int? PasswordMinLength);

/// <summary>The same, to look at.</summary>
public sealed class SelfServiceRows(AdminDb db)
{
    /// <returns>Null for a domain that has no mailboxes, or whose limits the actor may not change.</returns>
    public Task<DomainSelfService?> OfDomainAsync(DomainName name, Actor actor, CancellationToken ct) =>
        db.Domains.PermittedTo(actor, DomainPermissions.Limits).Where(d => d.Name == name && d.Kind == DomainKind.Hosted)
            .Select(d => new DomainSelfService(d.Id, d.Version, d.Name, d.OwnerRights, d.OwnersNeedSecondFactor, d.OwnAliasLimit, d.PasswordMinLength)).FirstOrDefaultAsync(ct);
}
