using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Changes what an admin is, may do and whether he may sign in. Superadmins only; the last active one stays.</summary>
public sealed class UpdateAdmin(AdminDb db)
{
    public sealed record Input : AdminForm
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        AdminChoices.CheckKind(input, reading);
        var domains = await AdminChoices.DomainsAsync(db, input, reading, ct);
        var domainLimit = AdminChoices.DomainLimit(input, reading);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(token => UpdateAsync(input, domains, domainLimit, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> UpdateAsync(Input input, List<AssignedDomain> domains, int? domainLimit, Actor actor, CancellationToken ct)
    {
        var isSuperadmin = input is { Kind: AccountKind.Superadmin, IsActive: true };
        if (!isSuperadmin && await AdminChoices.IsLastSuperadminAsync(db, input.Id, ct))
            return Outcome.Refused<Saved>(new Problem("", "LastSuperadmin"));

        var account = await db.Accounts.VisibleTo(actor).Include(a => a.Domains).ThenInclude(d => d.Domain).FirstOrDefaultAsync(a => a.Id == input.Id, ct);
        if (account is null) return Outcome.NotFound<Saved>();
        if (account.Version != input.Version) return Outcome.Conflict<Saved>(account.Version);

        var before = AdminState.Of(account);
        var permissions = domains.ToDictionary(d => d.Id, d => d.Permissions ?? account.Domains.Find(a => a.DomainId == d.Id)?.Permissions ?? DomainPermissions.Usual);
        var after = new AdminState(input.Kind, input.IsActive, domainLimit, [.. domains.Select(d => AdminState.Line(d.Name, permissions[d.Id]))]);
        // Whoever is no longer what the cookie says signs in again. Assigned domains are asked of the database at every request.
        if (before.Kind != after.Kind || !after.IsActive) account.SecurityStamp = AdminChoices.NewStamp();
        account.Kind = input.Kind;
        account.IsActive = input.IsActive;
        account.DomainLimit = domainLimit;
        Assign(account, permissions);
        db.MarkChanged(account);
        db.Audit(actor, "admin.update", account.Name, before: before, after: after);
        return Outcome.Done(new Saved(account.Id, account.Name));
    }

    private static void Assign(Account account, Dictionary<long, DomainPermissions> permissions)
    {
        account.Domains.RemoveAll(d => !permissions.ContainsKey(d.DomainId));
        foreach (var kept in account.Domains) kept.Permissions = permissions[kept.DomainId];
        var added = permissions.Where(p => account.Domains.TrueForAll(d => d.DomainId != p.Key));
        account.Domains.AddRange([.. added.Select(p => new DomainAdmin { AccountId = account.Id, DomainId = p.Key, Permissions = p.Value })]);
    }
}
