using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>What deleting an alias does: the page shows it, and the deletion runs only if it is still true.</summary>
/// <param name="Destinations">Who no longer gets its mail.</param>
/// <param name="Forwarders">What forwards to it, and loses it.</param>
/// <param name="FallsToCatchAll">Mail to the address goes to the domain's catch-all from then on, instead of being refused.</param>
public sealed record AliasDeletion(
    long Id, string Address, string DomainName, IReadOnlyList<string> Destinations, Forwarders Forwarders, bool FallsToCatchAll)
{
    /// <summary>Goes into the form and comes back with it: another plan has another fingerprint.</summary>
    public string Fingerprint() => PlanFingerprint.Of(this);
}

/// <summary>Deletes an alias or a catch-all and frees its address.</summary>
public sealed class DeleteAlias(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary><see cref="AliasDeletion.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would happen; null where there is no such alias for this actor.</summary>
    public async Task<AliasDeletion?> PlanAsync(long id, Actor actor, CancellationToken ct)
    {
        var alias = await db.Aliases.VisibleTo(actor).Where(a => a.Id == id)
            .Select(a => new { a.Entry!.Address, a.Kind, a.AddressId, a.Entry.DomainId, DomainName = a.Entry.Domain!.Name }).FirstOrDefaultAsync(ct);
        if (alias is null) return null;

        var destinations = await db.Destinations.Where(d => d.AddressId == alias.AddressId).Select(d => d.Address).OrderBy(a => a).ToListAsync(ct);
        if (alias.Kind == AddressKind.CatchAll)
            return new AliasDeletion(id, alias.Address, alias.DomainName.Value, destinations, new Forwarders(0, [], 0, []), FallsToCatchAll: false);

        var catchAll = AddressSpace.CatchAllOf(alias.DomainName);
        return new AliasDeletion(
            id,
            alias.Address,
            alias.DomainName.Value,
            destinations,
            await Forwarders.OfAsync(db, EmailAddress.Parse(alias.Address), alias.DomainId, actor, ct),
            await db.Addresses.AnyAsync(a => a.Address == catchAll && a.IsActive, ct));
    }

    public Task<Outcome<AliasDeletion>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => DeleteAsync(input, actor, token), duplicate: null, ct);

    private async Task<Outcome<AliasDeletion>> DeleteAsync(Input input, Actor actor, CancellationToken ct)
    {
        var alias = await db.LockAliasAsync(input.Id, actor, ct);
        if (alias is null) return Outcome.NotFound<AliasDeletion>();

        var plan = (await PlanAsync(input.Id, actor, ct))!;
        if (plan.Fingerprint() != input.Plan) return Outcome.Refused<AliasDeletion>(new Problem("", "PlanChanged"));

        var entry = alias.Entry!;
        await db.ChargeAsync(entry.DomainId, new DomainCharge(Aliases: -1), ct);
        db.Audit(actor, "alias.delete", entry.Address, entry.DomainId, before: AliasState.Of(alias));
        await db.Addresses.Where(a => a.Id == entry.Id).ExecuteDeleteAsync(ct);
        return Outcome.Done(plan);
    }
}
