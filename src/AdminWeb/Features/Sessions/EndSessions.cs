using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>Ends the open sessions of a mailbox by hand, on every mail server: by whoever manages it, or by its owner. Mail programs whose password is right come back by themselves.</summary>
public sealed class EndSessions(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(
            async token =>
            {
                var mailboxes = actor.MailboxId is null ? db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes) : db.Mailboxes.OwnedBy(actor, OwnerRights.Panel);
                var mailbox = await mailboxes.Include(m => m.Entry).FirstOrDefaultAsync(m => m.Id == input.Id, token);
                if (mailbox is null) return Outcome.NotFound<Saved>();

                var entry = mailbox.Entry!;
                db.EndSessions([entry.Address]);
                db.Audit(actor, "mailbox.end-sessions", entry.Address, entry.DomainId);
                return Outcome.Done(new Saved(mailbox.Id, entry.Address));
            },
            duplicate: null,
            ct);
}
