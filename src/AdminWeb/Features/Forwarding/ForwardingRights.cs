using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Forwarding;

/// <summary>Where owners may send their mail on to, by what their domain lets them.</summary>
internal static class ForwardingRights
{
    /// <summary>Why the actor may not send a mailbox's mail on to these; null where it may. Admins may anywhere.</summary>
    /// <param name="further">Those that it is not sent on to yet: what somebody else has allowed stays.</param>
    public static async Task<Problem?> ForwardingProblemAsync(this AdminDb db, string field, AddressEntry mailbox, IReadOnlyList<EmailAddress> further, Actor actor, CancellationToken ct)
    {
        if (actor.MailboxId is null || further.Count == 0) return null;

        var rights = await db.Domains.Where(d => d.Id == mailbox.DomainId).Select(d => d.OwnerRights).FirstOrDefaultAsync(ct);
        if (!rights.HasFlag(OwnerRights.Forward)) return new Problem(field, "ForwardNotAllowed");
        if (rights.HasFlag(OwnerRights.ForwardOutside)) return null;

        var names = further.Select(a => a.Domain).Distinct().ToList();
        var here = await db.Domains.Where(d => names.Contains(d.Name) && d.IsActive && d.Kind != DomainKind.Recycled).Select(d => d.Name).ToListAsync(ct);
        var outside = further.Where(a => !here.Contains(a.Domain)).ToList();
        return outside.Count == 0 ? null : new Problem(field, "ForwardOutside", outside[0].Unicode);
    }
}
