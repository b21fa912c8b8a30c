using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>What deleting an alias does: the page shows it, and the deletion runs only if it is still true.</summary>
/// <param name="Destinations">Who no longer gets its mail.</param>
/// <param name="Members">Mailboxes that a group reaches now; null for what is no group.</param>
/// <param name="Forwarders">What forwards to it, and loses it until it is restored.</param>
public sealed record AliasDeletion(long Id, string Address, string DomainName, IReadOnlyList<string> Destinations, int? Members, Forwarders Forwarders)
{
    /// <summary>Goes into the form and comes back with it: another plan has another fingerprint.</summary>
    public string Fingerprint() => PlanFingerprint.Of(this);
}

/// <summary>Puts an alias or a catch-all into the recycle bin. Its address stays reserved until it is restored, released or purged.</summary>
public sealed class DeleteAlias(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary><see cref="AliasDeletion.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would happen; null where there is no such alias for this actor.</summary>
    public Task<AliasDeletion?> PlanAsync(long id, Actor actor, CancellationToken ct) =>
        PlanAsync(db.Aliases.VisibleTo(actor).Where(a => a.Id == id), actor, ct);

    /// <summary>What would happen; null where there is no such alias for this actor.</summary>
    /// <param name="address">In normal form: <see cref="EmailAddress.Value"/>, or "@domain" for a catch-all.</param>
    public Task<AliasDeletion?> PlanAsync(string address, Actor actor, CancellationToken ct) =>
        PlanAsync(db.Aliases.VisibleTo(actor).Where(a => a.Entry!.Address == address), actor, ct);

    public Task<Outcome<AliasDeletion>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => DeleteAsync(input, actor, token), duplicate: null, ct);

    private async Task<AliasDeletion?> PlanAsync(IQueryable<Alias> one, Actor actor, CancellationToken ct)
    {
        var alias = await one.Select(a => new
        {
            a.Id,
            a.AddressId,
            a.Entry!.Address,
            a.Entry.DomainId,
            a.Entry.IsGroup,
            DomainName = a.Entry.Domain!.Name,
            Destinations = a.Entry.Destinations.OrderBy(d => d.Address).Select(d => d.Address).ToList(),
        }).FirstOrDefaultAsync(ct);
        if (alias is null) return null;

        var forwarders = await Forwarders.OfAsync(db, alias.AddressId, alias.Address, alias.DomainId, actor, ct);
        var members = alias.IsGroup ? (await GroupSize.OfAsync(db, alias.DomainId, ct)).Members : (int?)null;
        return new AliasDeletion(alias.Id, alias.Address, alias.DomainName.Value, alias.Destinations, members, forwarders);
    }

    private async Task<Outcome<AliasDeletion>> DeleteAsync(Input input, Actor actor, CancellationToken ct)
    {
        var alias = await db.LockAliasAsync(input.Id, actor, ct);
        if (alias is null) return Outcome.NotFound<AliasDeletion>();
        if (alias.ProtectionFrom(actor) is { } protection) return Outcome.Refused<AliasDeletion>(protection);

        var plan = (await PlanAsync(input.Id, actor, ct))!;
        if (plan.Fingerprint() != input.Plan) return Outcome.Refused<AliasDeletion>(new Problem("", "PlanChanged"));

        await db.RecycleAsync([alias.Entry!], actor, ct);
        return Outcome.Done(plan);
    }
}
