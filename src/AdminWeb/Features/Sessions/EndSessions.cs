using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>Ends the open sessions of a mailbox by hand, on every mail server. Its owner may sign in again.</summary>
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
                var mailbox = await db.LockMailboxAsync(input.Id, actor, token);
                if (mailbox is null) return Outcome.NotFound<Saved>();

                var entry = mailbox.Entry!;
                db.EndSessions([entry.Address]);
                db.Audit(actor, "mailbox.end-sessions", entry.Address, entry.DomainId);
                return Outcome.Done(new Saved(mailbox.Id, entry.Address));
            },
            duplicate: null,
            ct);
}
