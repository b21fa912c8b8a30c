using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>What deleting a relay domain does: the page shows it, and the deletion runs only if it is still true.</summary>
/// <param name="ForwardCount">Addresses elsewhere that forward into it; from then on their mail leaves by its MX records.</param>
/// <param name="NewestAddressId">Goes up with every recipient that is added.</param>
public sealed record RelayDomainDeletion(
    long Id, string Name, int RecipientCount, int AliasCount, int ForwardCount, IReadOnlyList<string> Forwards, long NewestAddressId)
{
    public const int Shown = 20;

    /// <summary>Goes into the form and comes back with it: another plan has another fingerprint.</summary>
    public string Fingerprint() => PlanFingerprint.Of(this);
}

/// <summary>Deletes a relay domain with its recipients and aliases. Superadmins only.</summary>
public sealed class DeleteRelayDomain(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary><see cref="RelayDomainDeletion.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would go; null where there is no such relay domain for this actor.</summary>
    public Task<RelayDomainDeletion?> PlanAsync(long id, Actor actor, CancellationToken ct) => PlanAsync(db.Domains.Where(d => d.Id == id), actor, ct);

    /// <summary>What would go; null where there is no such relay domain for this actor.</summary>
    public Task<RelayDomainDeletion?> PlanAsync(DomainName name, Actor actor, CancellationToken ct) => PlanAsync(db.Domains.Where(d => d.Name == name), actor, ct);

    public async Task<Outcome<RelayDomainDeletion>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<RelayDomainDeletion>();

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(input.Id, token) || await PlanAsync(input.Id, actor, token) is not { } plan)
                    return Outcome.NotFound<RelayDomainDeletion>();
                if (plan.Fingerprint() != input.Plan) return Outcome.Refused<RelayDomainDeletion>(new Problem("", "PlanChanged"));

                await db.Addresses.Where(a => a.DomainId == plan.Id).ExecuteDeleteAsync(token);
                await db.Domains.Where(d => d.Id == plan.Id).ExecuteDeleteAsync(token);
                db.Audit(actor, "relay-domain.delete", plan.Name, plan.Id, before: new { plan.RecipientCount, plan.AliasCount });
                return Outcome.Done(plan);
            },
            duplicate: null,
            ct);
    }

    private async Task<RelayDomainDeletion?> PlanAsync(IQueryable<MailDomain> domains, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return null;

        var domain = await domains.AsNoTracking().FirstOrDefaultAsync(d => d.Kind == DomainKind.Relay, ct);
        if (domain is null) return null;

        var (id, name) = (domain.Id, domain.Name.Value);
        var forwards = db.Destinations.Where(d => d.DomainName == name && d.Entry!.DomainId != id).Select(d => d.Entry!.Address).Distinct();
        return new RelayDomainDeletion(
            id, name, domain.MailboxCount, domain.AliasCount,
            await forwards.CountAsync(ct), await forwards.OrderBy(a => a).Take(RelayDomainDeletion.Shown).ToListAsync(ct),
            await db.Addresses.Where(a => a.DomainId == id).MaxAsync(a => (long?)a.Id, ct) ?? 0);
    }
}
