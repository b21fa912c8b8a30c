using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Forwarding;

/// <summary>Where a mailbox's mail goes, as its owner may change it.</summary>
/// <param name="Version">Of the mailbox.</param>
/// <param name="IsOutsideAllowed">Whether the domain lets its owners send mail on to addresses elsewhere.</param>
public sealed record ForwardRow(long MailboxId, long Version, string Address, IReadOnlyList<string> Forwards, bool KeepsCopy, bool IsOutsideAllowed);

/// <summary>Forwards to look at.</summary>
public sealed class ForwardRows(AdminDb db)
{
    /// <summary>The actor's own; null for whoever is no mailbox owner, or may not choose.</summary>
    public async Task<ForwardRow?> OwnAsync(Actor actor, CancellationToken ct)
    {
        var found = await db.Mailboxes.OwnedBy(actor, OwnerRights.Forward).Select(m => new
        {
            m.Id,
            m.Version,
            m.Entry!.Address,
            Forwards = m.Entry.Destinations.OrderBy(d => d.Address).Select(d => d.Address).ToList(),
            m.KeepsCopy,
            m.Entry.Domain!.OwnerRights,
        }).FirstOrDefaultAsync(ct);
        return found is null ? null : new ForwardRow(found.Id, found.Version, found.Address, found.Forwards, found.KeepsCopy, found.OwnerRights.HasFlag(OwnerRights.ForwardOutside));
    }
}
