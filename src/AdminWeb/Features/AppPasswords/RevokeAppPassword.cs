using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>
/// Ends a password of one mail program, for its owner and for whoever sets passwords of the domain. It opens nothing from
/// then on, and the mailbox's open sessions end: a program with a password that still holds comes back by itself.
/// </summary>
public sealed class RevokeAppPassword(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            // Nobody else's, and not of another mailbox of the owner's domain.
            var mailboxes = actor.MailboxId is null ? db.Mailboxes.PermittedTo(actor, DomainPermissions.Passwords) : db.Mailboxes.OwnedBy(actor, OwnerRights.AppPasswords);
            var password = await db.AppPasswords.Include(p => p.Mailbox).ThenInclude(m => m!.Entry).FirstOrDefaultAsync(p => p.Id == input.Id && mailboxes.Any(m => m.Id == p.MailboxId), token);
            if (password is null) return Outcome.NotFound<Saved>();

            var entry = password.Mailbox!.Entry!;
            db.AppPasswords.Remove(password);
            db.EndSessions([entry.Address]);
            db.Audit(actor, "mailbox.revoke-app-password", entry.Address, entry.DomainId, before: new { password.Name, password.LastUsedAt });
            return Outcome.Done(new Saved(password.Id, password.Name));
        },
        duplicate: null,
        ct);
}
