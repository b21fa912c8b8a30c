using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Takes note that somebody follows the link that was sent to the recovery address: whoever lost the password may be reached there.</summary>
public sealed class ConfirmRecoveryAddress(AdminDb db, MailLinks links)
{
    public sealed record Input
    {
        /// <summary>As it stands in the address that was sent.</summary>
        public string? Link { get; init; }
    }

    /// <param name="visitor">Whoever follows it; nobody has to be signed in.</param>
    public Task<Outcome<Saved>> RunAsync(Input input, Actor visitor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await links.FindAsync(MailLinkKind.Recovery, input.Link, token) is not { } link || !await links.TakeAsync(link, token)) return Outcome.NotFound<Saved>();

            var mailbox = await db.Mailboxes.Include(m => m.Entry).FirstAsync(m => m.Id == link.MailboxId, token);
            mailbox.ConfirmedRecoveryAddress = link.Address;
            var address = mailbox.Entry!.Address;
            db.Audit(visitor with { Login = address }, "mailbox.confirm-recovery", address, mailbox.Entry.DomainId, after: new { mailbox.ConfirmedRecoveryAddress });
            return Outcome.Done(new Saved(mailbox.Id, address));
        },
        duplicate: null,
        ct);
}
