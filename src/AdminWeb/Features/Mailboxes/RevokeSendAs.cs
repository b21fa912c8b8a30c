using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Takes a sender address away from a mailbox again.</summary>
public sealed class RevokeSendAs(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>As it was granted.</summary>
        public string? Sender { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => DeleteAsync(input, actor, token), duplicate: null, ct);

    private async Task<Outcome<Saved>> DeleteAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (SendAsSender.Read(new Reading(), nameof(Input.Sender), input.Sender) is not var (sender, _)) return Outcome.NotFound<Saved>();

        var mailbox = await db.LockMailboxAsync(input.Id, actor, ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();

        // A right of one's own mailbox may be given up wherever it leads, as long as one sees it.
        var visible = db.Domains.VisibleTo(actor);
        var grant = await db.SendAsGrants.FirstOrDefaultAsync(g => g.MailboxId == input.Id && g.Address == sender && visible.Any(d => d.Id == g.DomainId), ct);
        if (grant is null) return Outcome.NotFound<Saved>();

        var entry = mailbox.Entry!;
        db.SendAsGrants.Remove(grant);
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.revoke-send-as", entry.Address, entry.DomainId, before: new { Sender = sender });
        return Outcome.Done(new Saved(mailbox.Id, entry.Address));
    }
}
