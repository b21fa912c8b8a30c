using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>
/// Deletes a hosted domain with its mailboxes, aliases, alias domains and grants. Mail stays on disk. Superadmins
/// only, who type the domain's name and confirm the plan they have read.
/// </summary>
public sealed class DeleteDomain(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The domain's name, typed, in Unicode or A-labels.</summary>
        public string? ConfirmName { get; init; }

        /// <summary><see cref="DomainDeletion.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would go; null where there is no such domain for this actor.</summary>
    public async Task<DomainDeletion?> PlanAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return null;

        var domain = await db.Domains.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Kind == DomainKind.Hosted, ct);
        if (domain is null) return null;

        var own = db.Addresses.Where(a => a.DomainId == id);
        var name = domain.Name.Value;
        var forwards = db.Destinations.Where(d => d.DomainName == name && d.Entry!.DomainId != id);
        return new DomainDeletion(
            id,
            name,
            domain.MailboxCount,
            await FirstAsync(own.Where(a => a.Kind == AddressKind.Mailbox).Select(a => a.Address), ct),
            domain.AliasCount,
            await FirstAsync(own.Where(a => a.Kind != AddressKind.Mailbox).Select(a => a.Address), ct),
            [.. (await db.Domains.Where(d => d.TargetId == id).OrderBy(d => d.Name).Select(d => d.Name).ToListAsync(ct)).Select(n => n.Value)],
            await db.DomainAdmins.Where(a => a.DomainId == id).Select(a => a.Account!.Login).OrderBy(l => l).ToListAsync(ct),
            await forwards.CountAsync(ct),
            await FirstAsync(forwards.Select(d => d.Entry!.Address), ct),
            await own.MaxAsync(a => (long?)a.Id, ct) ?? 0);
    }

    public async Task<Outcome<DomainDeletion>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<DomainDeletion>();

        return await db.InTransactionAsync(token => DeleteAsync(input, actor, token), duplicate: null, ct);
    }

    private static async Task<List<string>> FirstAsync(IQueryable<string> names, CancellationToken ct) =>
        await names.OrderBy(n => n).Take(DomainDeletion.Shown).ToListAsync(ct);

    private async Task<Outcome<DomainDeletion>> DeleteAsync(Input input, Actor actor, CancellationToken ct)
    {
        // The lock keeps everybody from adding to the domain between the plan and its execution.
        if (!await db.LockDomainAsync(input.Id, ct)) return Outcome.NotFound<DomainDeletion>();

        var plan = await PlanAsync(input.Id, actor, ct);
        if (plan is null) return Outcome.NotFound<DomainDeletion>();
        if (!DomainName.TryParse(input.ConfirmName, out var typed) || typed.Value != plan.Name)
            return Outcome.Refused<DomainDeletion>(new Problem(nameof(Input.ConfirmName), "ConfirmNameDiffers", DomainName.Parse(plan.Name).Unicode));
        if (plan.Fingerprint() != input.Plan) return Outcome.Refused<DomainDeletion>(new Problem("", "PlanChanged"));

        // Mailboxes, aliases and destinations go with their addresses, grants with their domain.
        await db.Addresses.Where(a => a.DomainId == plan.Id || a.Domain!.TargetId == plan.Id).ExecuteDeleteAsync(ct);
        await db.Domains.Where(d => d.TargetId == plan.Id).ExecuteDeleteAsync(ct);
        await db.Domains.Where(d => d.Id == plan.Id).ExecuteDeleteAsync(ct);
        db.Audit(actor, "domain.delete", plan.Name, plan.Id, before: new { plan.MailboxCount, plan.AliasCount, plan.AliasDomains, plan.Admins });
        return Outcome.Done(plan);
    }
}
