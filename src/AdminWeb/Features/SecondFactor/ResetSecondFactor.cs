using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>
/// Takes somebody's second factor away who has lost it with all codes: an admin's, by whoever manages admins; a mailbox
/// owner's, by whoever sets passwords of the domain. The password alone signs in again, and every session ends.
/// </summary>
public sealed class ResetSecondFactor(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>The account of an admin; null for a mailbox owner's.</summary>
        public long? AccountId { get; init; }

        /// <summary>Whose owner it is about.</summary>
        public long? MailboxId { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var mailboxes = db.Mailboxes.PermittedTo(actor, DomainPermissions.Passwords);
            var accounts = input.AccountId is { } id
                ? db.Accounts.VisibleTo(actor).Where(a => a.Id == id)
                : db.Accounts.Where(a => a.MailboxId != null && a.MailboxId == input.MailboxId && mailboxes.Any(m => m.Id == a.MailboxId));
            var account = await accounts.Include(a => a.Mailbox).ThenInclude(m => m!.Entry).FirstOrDefaultAsync(token);
            if (account is null || !await db.RemoveSecondFactorAsync(account, token)) return Outcome.NotFound<Saved>();

            account.SecurityStamp = AdminChoices.NewStamp();
            db.Audit(actor, "account.reset-second-factor", account.Name, account.Mailbox?.Entry!.DomainId);
            return Outcome.Done(new Saved(account.Id, account.Name));
        },
        duplicate: null,
        ct);
}
