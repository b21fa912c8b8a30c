using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Sends the link that confirms the recovery address once more: the first one got lost or too old, or an admin chose the address.</summary>
public sealed class SendRecoveryLink(AdminDb db, MailLinks links)
{
    public Task<Outcome<Saved>> RunAsync(Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Recovery).Include(m => m.Entry).FirstOrDefaultAsync(token);
            if (mailbox is null) return Outcome.NotFound<Saved>();
            if (mailbox.RecoveryAddress is null || mailbox.GoodRecoveryAddress is not null) return Outcome.Refused<Saved>(new Problem("", "NothingToConfirm"));
            if (await links.IsOnItsWayAsync(MailLinkKind.Recovery, mailbox.Id, token)) return Outcome.Refused<Saved>(new Problem("", "LinkJustSent"));

            await links.SendAsync(MailLinkKind.Recovery, mailbox, token);
            db.Audit(actor, "mailbox.send-recovery-link", mailbox.Entry!.Address, mailbox.Entry.DomainId);
            return Outcome.Done(new Saved(mailbox.Id, mailbox.Entry.Address));
        },
        duplicate: null,
        ct);
}
