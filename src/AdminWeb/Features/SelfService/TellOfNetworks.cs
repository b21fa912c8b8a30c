using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Chooses whether a mailbox owner gets a message when somebody signs in from a network that was not seen before.</summary>
public sealed class TellOfNetworks(AdminDb db)
{
    public sealed record Input
    {
        public bool Tells { get; init; }
    }

    /// <returns>Whether it was another choice before: what changes nothing is not written down.</returns>
    public Task<Outcome<bool>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var account = await db.Accounts.Include(a => a.Mailbox!.Entry).FirstOrDefaultAsync(a => a.MailboxId != null && a.MailboxId == actor.MailboxId, token);
            if (account is null) return Outcome.NotFound<bool>();
            if (account.TellsOfNewNetworks == input.Tells) return Outcome.Done(false);

            db.Audit(actor, "account.tell-of-networks", actor.Login, account.Mailbox!.Entry!.DomainId, new { account.TellsOfNewNetworks }, new { TellsOfNewNetworks = input.Tells });
            account.TellsOfNewNetworks = input.Tells;
            return Outcome.Done(true);
        },
        duplicate: null,
        ct);
}
