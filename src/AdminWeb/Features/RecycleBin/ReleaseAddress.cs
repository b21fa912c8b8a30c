using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Data.Recycling;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>
/// Frees the address of something in the recycle bin for others. The thing itself stays in the bin: whoever gets the
/// address next inherits nothing, and it comes back only while nobody has the address.
/// </summary>
public sealed class ReleaseAddress(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>Of the <see cref="RecycledItem"/>.</summary>
        public long Id { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.LockItemAsync(input.Id, actor, token) is not { } item) return Outcome.NotFound<Saved>();
            if (item.AddressId is null) return Outcome.Refused<Saved>(new Problem("", "NothingToRelease", AddressText.Name(item.Name)));

            var domainIsHere = await db.Domains.AnyAsync(d => d.Id == item.DomainId && d.Kind != DomainKind.Recycled, token);
            if (!domainIsHere) return Outcome.Refused<Saved>(new Problem("", "DomainInBinKeepsIt", AddressText.Name(item.Name)));

            await db.SwitchOffOwnAliasesAsync(item, actor, token);
            await db.ReleaseAsync(item, token);
            db.Audit(actor, $"{RecycledItemRows.Noun(item.Kind)}.release", item.Name, item.DomainId);
            return Outcome.Done(new Saved(item.Id, item.Name));
        },
        duplicate: null,
        ct);
}
