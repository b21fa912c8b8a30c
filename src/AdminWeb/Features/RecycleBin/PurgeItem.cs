using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Data.Recycling;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>What purging does: the page shows it, and it is done only if it is still true.</summary>
/// <param name="HomeCount">Directories of mail that will be removed.</param>
/// <param name="Bytes">What they held when they were deleted.</param>
/// <param name="AloneCount">Things of a domain that were in the bin before it, and go with it.</param>
/// <param name="NextOwner">Who receives the mail to its address from then on; null where that is refused as before.</param>
public sealed record PurgePlan(long Id, RecycledKind Kind, string Name, int HomeCount, long Bytes, int AloneCount, string? NextOwner = null)
{
    /// <summary>Goes into the form and comes back with it: another plan has another fingerprint.</summary>
    public string Fingerprint() => PlanFingerprint.Of(this);
}

/// <summary>
/// Takes something out of the recycle bin for ever and frees its name. Its mail awaits `adminpanel purge`, which alone
/// can reach it.
/// </summary>
public sealed class PurgeItem(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>Of the <see cref="RecycledItem"/>.</summary>
        public long Id { get; init; }

        /// <summary>The name of the thing, typed.</summary>
        public string? ConfirmName { get; init; }

        /// <summary><see cref="PurgePlan.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would go; null where there is no such item for this actor.</summary>
    public async Task<PurgePlan?> PlanAsync(long id, Actor actor, CancellationToken ct)
    {
        var item = await db.RecycledItems.ManagedBy(actor).AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct);
        if (item is null) return null;
        if (item.Kind != RecycledKind.Domain)
        {
            var next = item.AddressId is null ? null : await db.NextOwnerAsync(item.Name, ct);
            return new PurgePlan(id, item.Kind, item.Name, item.Home is null ? 0 : 1, item.Bytes, 0, next);
        }

        var all = await db.RecycledItems.Where(i => i.DomainId == item.DomainId && i.Id != id).GroupBy(_ => 1)
            .Select(g => new { Homes = g.Count(i => i.Home != null), Bytes = g.Sum(i => i.Bytes), Alone = g.Count(i => i.ParentId == null) }).FirstOrDefaultAsync(ct);
        return new PurgePlan(id, item.Kind, item.Name, all?.Homes ?? 0, all?.Bytes ?? 0, all?.Alone ?? 0);
    }

    public Task<Outcome<PurgePlan>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.LockItemAsync(input.Id, actor, token) is not { } item || await PlanAsync(input.Id, actor, token) is not { } plan) return Outcome.NotFound<PurgePlan>();
            if (!IsNamed(input.ConfirmName, plan.Name)) return Outcome.Refused<PurgePlan>(new Problem(nameof(Input.ConfirmName), "ConfirmNameDiffers", AddressText.Name(plan.Name)));
            if (plan.Fingerprint() != input.Plan) return Outcome.Refused<PurgePlan>(new Problem("", "PlanChanged"));

            await db.SwitchOffOwnAliasesAsync(item, actor, token);
            await db.PurgeAsync(item, actor, token);
            db.Audit(actor, $"{RecycledItemRows.Noun(item.Kind)}.purge", item.Name, item.DomainId, before: new { plan.HomeCount, plan.Bytes, plan.AloneCount, item.Home, item.DeletedAt, item.DeletedBy });
            return Outcome.Done(plan);
        },
        duplicate: null,
        ct);

    private static bool IsNamed(string? typed, string name) =>
        typed?.Trim().Normalize().ToLowerInvariant() is { } text && (text == name || text == AddressText.Name(name));
}
