using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>Deletes an alias domain. The target domain and its mail stay. Superadmins only.</summary>
public sealed class DeleteAliasDomain(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(input.Id, token)) return Outcome.NotFound<Saved>();

                var domain = await db.Domains.AsNoTracking().Include(d => d.Target)
                    .FirstOrDefaultAsync(d => d.Id == input.Id && d.Kind == DomainKind.Alias, token);
                if (domain is null) return Outcome.NotFound<Saved>();

                await db.Addresses.Where(a => a.DomainId == input.Id).ExecuteDeleteAsync(token);
                await db.Domains.Where(d => d.Id == input.Id).ExecuteDeleteAsync(token);
                db.Audit(actor, "alias-domain.delete", domain.Name.Value, domain.Id, before: new { Target = domain.Target!.Name.Value, domain.IsActive });
                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            duplicate: null,
            ct);
    }
}
