using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Starts or stops mail for a relay domain. Superadmins only.</summary>
public sealed class SetRelayDomainActive(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        public bool IsActive { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(input.Id, token)) return Outcome.NotFound<Saved>();

                var domain = await db.Domains.FirstOrDefaultAsync(d => d.Id == input.Id && d.Kind == DomainKind.Relay, token);
                if (domain is null) return Outcome.NotFound<Saved>();

                db.Audit(actor, "relay-domain.set-active", domain.Name.Value, domain.Id, new { domain.IsActive }, new { input.IsActive });
                domain.IsActive = input.IsActive;
                db.MarkChanged(domain);
                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            duplicate: null,
            ct);
    }
}
