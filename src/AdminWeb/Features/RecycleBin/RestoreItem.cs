using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Data.Recycling;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>
/// Brings something back as it was, with all that went along with it, within the limits of today; or says what is in
/// the way. Whoever may delete it may do so.
/// </summary>
public sealed class RestoreItem(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>Of the <see cref="RecycledItem"/>.</summary>
        public long Id { get; init; }
    }

    // Who adds an address takes the domain's lock, so nobody is faster between the look and the writing.
    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.LockItemAsync(input.Id, actor, token) is not { } item) return Outcome.NotFound<Saved>();

            var reasons = item.Kind == RecycledKind.Domain ? [] : await InTheWayAsync(item, token);
            if (reasons.Count > 0) return Outcome.Refused<Saved>(reasons);

            await db.RestoreAsync(item, token);
            if (await EndlessAsync(item, actor, token) is { } endless) return Outcome.Refused<Saved>(endless);

            db.Audit(
                actor, $"{RecycledItemRows.Noun(item.Kind)}.restore", item.Name, item.DomainId, after: new { item.DeletedAt, item.DeletedBy, item.MailboxCount, item.AliasCount });
            return Outcome.Done(new Saved(item.Id, item.Name));
        },
        duplicate: null,
        ct);

    /// <summary>Why an address cannot come back: its domain, its name, or a limit. Charges the domain where nothing is in the way.</summary>
    private async Task<IReadOnlyList<Problem>> InTheWayAsync(RecycledItem item, CancellationToken ct)
    {
        var domain = await db.Domains.Where(d => d.Id == item.DomainId).Select(d => new { d.Name, d.Kind }).SingleAsync(ct);
        if (domain.Kind == DomainKind.Recycled) return [new Problem("", "DomainInBinFirst", AddressText.Name(item.Name), domain.Name.Unicode)];
        if (item.AddressId is null && await db.OwnerOfAsync(item.Name, ct) is not null) return [new Problem("", "AddressTakenMeanwhile", AddressText.Name(item.Name))];

        var charge = item.Kind == RecycledKind.Mailbox ? DomainCharge.Adding(item.QuotaBytes) : new DomainCharge(Aliases: 1);
        return [.. (await db.ChargeAsync(item.DomainId, charge, ct))!.Select(r => r with { Field = "" })];
    }

    /// <summary>
    /// Through whom mail could go in a circle, since what was changed meanwhile may lead here: an address itself. Of a
    /// domain, whoever forwards into it: a circle that is new goes through one of those.
    /// </summary>
    private async Task<Problem?> EndlessAsync(RecycledItem item, Actor actor, CancellationToken ct)
    {
        var (id, name) = (item.DomainId, item.Name);
        if (item.Kind != RecycledKind.Domain)
            return await db.ForwardProblemAsync("", await db.Addresses.Where(a => a.Address == name && (a.IsGroup || a.Destinations.Count > 0)).Select(a => a.Id).ToListAsync(ct), actor, ct);

        var names = await db.Domains.Where(d => d.Id == id || d.TargetId == id).Select(d => d.Name).ToListAsync(ct);
        return await db.ForwardersProblemAsync("", await db.ForwardersIntoAsync([.. names.Select(n => n.Value)], ct), actor, ct);
    }
}
