using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

internal static class MailboxLock
{
    /// <summary>
    /// The mailbox with its address and forwards, after taking its domain's lock; null where there is none in the
    /// actor's scope, or the actor may not what the change needs.
    /// </summary>
    public static async Task<Mailbox?> LockMailboxAsync(this AdminDb db, long id, Actor actor, CancellationToken ct, DomainPermissions needs = DomainPermissions.Mailboxes)
    {
        var domainId = await db.Mailboxes.PermittedTo(actor, needs).Where(m => m.Id == id).Select(m => (long?)m.Entry!.DomainId).FirstOrDefaultAsync(ct);
        if (domainId is null || !await db.LockDomainAsync(domainId.Value, ct)) return null;

        return await db.Mailboxes.PermittedTo(actor, needs).Include(m => m.Entry).ThenInclude(e => e!.Destinations).FirstOrDefaultAsync(m => m.Id == id, ct);
    }
}
