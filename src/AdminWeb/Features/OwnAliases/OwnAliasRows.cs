using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>An address that a mailbox owner made.</summary>
/// <param name="ActiveUntil">The end, UTC; null: none.</param>
/// <param name="Destinations">The mailbox, unless an admin chose others.</param>
public sealed record OwnAliasRow(long Id, long Version, string Address, string? Comment, bool IsActive, AddressState State, DateTime? ActiveUntil, DateTime CreatedAt, IReadOnlyList<string> Destinations);

/// <param name="Limit">How many there may be; null is no limit.</param>
public sealed record OwnAliasList(string Domain, int? Limit, IReadOnlyList<OwnAliasRow> Aliases)
{
    public bool HasRoom => !(Aliases.Count >= Limit);
}

/// <summary>Addresses that mailbox owners made.</summary>
public sealed class OwnAliasRows(AdminDb db)
{
    /// <summary>What is on one page: more than anybody keeps an eye on.</summary>
    private const int Shown = 500;

    /// <summary>Of the actor; null for whoever may have none.</summary>
    public async Task<OwnAliasList?> OwnAsync(Actor actor, CancellationToken ct)
    {
        var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Aliases).Select(m => new { m.AddressId, Domain = m.Entry!.Domain!.Name, m.Entry.Domain.OwnAliasLimit }).FirstOrDefaultAsync(ct);
        if (mailbox is null) return null;

        var now = db.UtcNow;
        var rows = await db.Aliases.Where(a => a.OwnerAddressId == mailbox.AddressId).OrderByDescending(a => a.Id).Take(Shown).Select(a => new OwnAliasRow(
            a.Id, a.Version, a.Entry!.Address, a.Comment, a.Entry.IsActive, AddressStates.At(now, a.Entry.IsActive, a.Entry.ActiveFrom, a.Entry.ActiveUntil, a.Entry.Domain!.IsActive), a.Entry.ActiveUntil, a.CreatedAt,
            a.Entry.Destinations.OrderBy(d => d.Address).Select(d => d.Address).ToList())).ToListAsync(ct);
        return new OwnAliasList(mailbox.Domain.Unicode, mailbox.OwnAliasLimit, rows);
    }

    /// <summary>One of the actor's.</summary>
    public async Task<OwnAliasRow?> FindAsync(long id, Actor actor, CancellationToken ct) => (await OwnAsync(actor, ct))?.Aliases.FirstOrDefault(a => a.Id == id);
}
