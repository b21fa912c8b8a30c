using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A hosted domain at the head of a list of what is in it, found in the actor's scope. Limits are null where there is none.</summary>
/// <param name="Allowed">What the actor may do in it.</param>
public sealed record ListedDomain(
    long Id, DomainName Name, bool IsActive, int MailboxCount, int? MailboxLimit, int AliasCount, int? AliasLimit, DomainPermissions Allowed)
{
    // On every page of a list of what is in a domain, so it is translated once.
    private static readonly Func<AdminDb, DomainName, CancellationToken, Task<ListedDomain?>> ForSuperadmin = EF.CompileAsyncQuery(
        (AdminDb db, DomainName name, CancellationToken _) => db.Domains.Where(d => d.Name == name && d.Kind == DomainKind.Hosted)
            .Select(d => new ListedDomain(d.Id, d.Name, d.IsActive, d.MailboxCount, d.MailboxLimit, d.AliasCount, d.AliasLimit, DomainPermissions.All)).FirstOrDefault());

    /// <summary>Null where there is no such hosted domain in which the actor may at least one of these.</summary>
    internal static Task<ListedDomain?> FindAsync(AdminDb db, DomainName name, Actor actor, DomainPermissions anyOf, CancellationToken ct)
    {
        if (actor.IsSuperadmin) return ForSuperadmin(db, name, ct);

        return db.Domains.PermittedTo(actor, anyOf).Where(d => d.Name == name && d.Kind == DomainKind.Hosted)
            .Select(d => new ListedDomain(d.Id, d.Name, d.IsActive, d.MailboxCount, d.MailboxLimit, d.AliasCount, d.AliasLimit,
                d.Admins.Where(g => g.AccountId == actor.AccountId).Select(g => g.Permissions).FirstOrDefault())).FirstOrDefaultAsync(ct);
    }
}
