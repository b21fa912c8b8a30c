using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <param name="DomainCount">Assigned domains; a superadmin needs none.</param>
public sealed record AdminRow(long Id, string Login, AccountKind Kind, bool IsActive, DateTime? LastSignInAt, int DomainCount);

/// <summary>A domain that a domain admin is assigned, and what may be done in it.</summary>
public sealed record Assignment(DomainName Name, DomainPermissions Permissions);

/// <summary>An admin for the edit page.</summary>
/// <param name="DomainLimit">How many assigned domains it may get to by adding some; null: may add none.</param>
/// <param name="SecondFactorSince">When the second factor was turned on (UTC); null: it is off.</param>
public sealed record AdminDetail(
    long Id, long Version, string Login, AccountKind Kind, bool IsActive, int? DomainLimit, DateTime? LastSignInAt, DateTime CreatedAt, DateTime? SecondFactorSince, IReadOnlyList<Assignment> Domains);

/// <summary>Admins to look at: superadmins see them, others none.</summary>
public sealed class AdminRows(AdminDb db, SecondFactorRows secondFactors)
{
    /// <summary>In order of login. Keys are logins.</summary>
    public Task<RowPage<AdminRow>> PageAsync(PageRequest request, Actor actor, CancellationToken ct)
    {
        var accounts = db.Accounts.VisibleTo(actor);
        if (request.Prefix is { } prefix) accounts = accounts.Where(a => a.Login!.StartsWith(prefix));
        if (request.State != StateFilter.All)
        {
            var isActive = request.State == StateFilter.Active;
            accounts = accounts.Where(a => a.IsActive == isActive);
        }
        accounts = request.Only switch
        {
            ListOnly.None => accounts,
            ListOnly.Superadmins => accounts.Where(a => a.Kind == AccountKind.Superadmin),
            ListOnly.DomainAdmins => accounts.Where(a => a.Kind == AccountKind.DomainAdmin),
            _ => accounts.Where(_ => false),
        };
        var rows = accounts.FromKey(a => a.Login!, request)
            .Select(a => new AdminRow(a.Id, a.Login!, a.Kind, a.IsActive, a.LastSignInAt, a.Domains.Count));
        return RowPage<AdminRow>.OfAsync(rows, request, r => r.Login, total: null, ct);
    }

    /// <summary>Null where there is no such admin for this actor.</summary>
    public Task<AdminDetail?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        DetailAsync(db.Accounts.VisibleTo(actor).Where(a => a.Id == id), ct);

    /// <param name="login">As <see cref="LoginName"/> spells it.</param>
    public Task<AdminDetail?> FindAsync(string login, Actor actor, CancellationToken ct) =>
        DetailAsync(db.Accounts.VisibleTo(actor).Where(a => a.Login == login), ct);

    private async Task<AdminDetail?> DetailAsync(IQueryable<Account> accounts, CancellationToken ct)
    {
        var account = await accounts.AsNoTracking().Include(a => a.Domains).ThenInclude(d => d.Domain).FirstOrDefaultAsync(ct);
        var since = account is null ? null : (await secondFactors.OfAsync(account.Id, null, ct)).Since;
        return account is null
            ? null
            : new AdminDetail(
                account.Id, account.Version, account.Name, account.Kind, account.IsActive, account.DomainLimit, account.LastSignInAt, account.CreatedAt, since,
                [.. account.Domains.Select(d => new Assignment(d.Domain!.Name, d.Permissions)).OrderBy(d => d.Name)]);
    }
}
