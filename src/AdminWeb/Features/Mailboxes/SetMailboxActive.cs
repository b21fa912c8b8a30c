using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Starts or stops a mailbox: delivery to it, and its owner's sign-in. Its address stays owned.</summary>
public sealed class SetMailboxActive(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        public bool IsActive { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(
            async token =>
            {
                var mailbox = await db.LockMailboxAsync(input.Id, actor, token);
                if (mailbox is null) return Outcome.NotFound<Saved>();

                db.SetActive("mailbox", mailbox.Entry!, mailbox, input.IsActive, actor);
                return Outcome.Done(new Saved(mailbox.Id, mailbox.Entry!.Address));
            },
            duplicate: null,
            ct);
}
