using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Notices;

/// <summary>Greets the owner of a mailbox once more, or at last: where the message was given up, or the domain began to greet later.</summary>
public sealed class SendWelcome(AdminDb db)
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
                if (!await db.Domains.AnyAsync(d => d.Id == entry.DomainId && d.WelcomeLanguage != null, token))
                    return Outcome.Refused<Saved>(new Problem("", "WelcomeOff", entry.Address[(entry.Address.LastIndexOf('@') + 1)..]));

                await db.RenewNoticeAsync(NoticeKind.Welcome, mailbox, token);
                db.Audit(actor, "mailbox.send-welcome", entry.Address, entry.DomainId);
                return Outcome.Done(new Saved(mailbox.Id, entry.Address));
            },
            duplicate: null,
            ct);
}
