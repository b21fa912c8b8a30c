using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>An address that a mailbox owner made.</summary>
/// <param name="ActiveUntil">The end, UTC; null: none.</param>
/// <param name="Destinations">The mailbox, unless an admin chose others.</param>
public sealed record OwnAliasRow(long Id, long Version, string Address, string? Comment, bool IsActive, AddressState State, DateTime? ActiveUntil, DateTime CreatedAt, IReadOnlyList<string> Destinations);

/// <param name="Limit">How many there may be.</param>
public sealed record OwnAliasList(string Domain, int Limit, IReadOnlyList<OwnAliasRow> Aliases)
{
    public bool HasRoom => Aliases.Count < Limit;
}

/// <summary>Addresses that mailbox owners made.</summary>
public sealed class OwnAliasRows(AdminDb db)
{
    /// <summary>Of the actor, the newest first; null for whoever may have none.</summary>
    public async Task<OwnAliasList?> OwnAsync(Actor actor, CancellationToken ct)
    {
        var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Aliases).Select(m => new { m.AddressId, Domain = m.Entry!.Domain!.Name, m.Entry.Domain.OwnAliasLimit }).FirstOrDefaultAsync(ct);
        if (mailbox is null) return null;

        var aliases = await Rows(db.Aliases.Where(a => a.OwnerAddressId == mailbox.AddressId).OrderByDescending(a => a.Id)).ToListAsync(ct);
        return new OwnAliasList(mailbox.Domain.Unicode, OwnedAlias.LimitOf(mailbox.OwnAliasLimit), aliases);
    }

    /// <summary>One of the actor's.</summary>
    public Task<OwnAliasRow?> FindAsync(long id, Actor actor, CancellationToken ct) => Rows(db.OwnedAliases(id, actor)).FirstOrDefaultAsync(ct);

    private IQueryable<OwnAliasRow> Rows(IQueryable<Alias> aliases)
    {
        var now = db.UtcNow;
        return aliases.Select(a => new OwnAliasRow(
            a.Id, a.Version, a.Entry!.Address, a.Comment, a.Entry.IsActive, AddressStates.At(now, a.Entry.IsActive, a.Entry.ActiveFrom, a.Entry.ActiveUntil, a.Entry.Domain!.IsActive), a.Entry.ActiveUntil, a.CreatedAt,
            a.Entry.Destinations.OrderBy(d => d.Address).Select(d => d.Address).ToList()));
    }
}
