using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>A mailbox with what one query finds of it.</summary>
internal sealed record KnownMailbox
{
    /// <summary>For a superadmin, or for somebody else: the id is of the account that asks.</summary>
    public static readonly ShapedQuery<bool, string, KnownMailbox> ByAddress = new(
        MailboxHead.StandIn, (db, isSuperadmin, at) => Of(db, MailboxHead.Visible(db, at.ActorOf(isSuperadmin), at.Key), at.ActorOf(isSuperadmin)).Take(1));

    /// <summary>Further senders that a mailbox may use, of domains visible to the account: addresses, and "@domain".</summary>
    public static readonly ShapedQuery<bool, long, string> Senders = new(long.MaxValue, (db, isSuperadmin, at) => SendersOf(db, at.Key, at.ActorOf(isSuperadmin)));

    public required Mailbox Mailbox { get; init; }

    public int? PasswordMaxAgeDays { get; init; }

    public bool DomainIsActive { get; init; }

    public DomainPermissions Permissions { get; init; }

    public long Bytes { get; init; }

    public long Messages { get; init; }

    public long? Imap { get; init; }

    public long? Pop3 { get; init; }

    public bool IsGreeted { get; init; }

    public bool HasWelcome { get; init; }

    public DateTime? WelcomeDueAt { get; init; }

    public string? WelcomeRefusal { get; init; }

    public WaitingWelcome? Welcome => HasWelcome ? new WaitingWelcome(WelcomeDueAt, WelcomeRefusal) : null;

    public DateTime? Submission { get; init; }

    public static IQueryable<KnownMailbox> Of(AdminDb db, IQueryable<Mailbox> mailboxes, Actor actor) =>
        mailboxes.AsNoTracking().Include(m => m.Entry).ThenInclude(e => e!.Destinations).Select(m => new KnownMailbox
        {
            Mailbox = m,
            PasswordMaxAgeDays = m.Entry!.Domain!.PasswordMaxAgeDays,
            DomainIsActive = m.Entry.Domain.IsActive,
            // Each by itself: two columns of another table at once are numbered in a table of all its rows.
            Permissions = m.Entry.Domain.Admins.Where(g => g.AccountId == actor.AccountId).Select(g => g.Permissions).FirstOrDefault(),
            Bytes = db.MailboxUsages.Where(u => u.Address == m.Entry!.Address).Select(u => u.Bytes).FirstOrDefault(),
            Messages = db.MailboxUsages.Where(u => u.Address == m.Entry!.Address).Select(u => u.Messages).FirstOrDefault(),
            Imap = db.MailboxLogins.Where(l => l.Address == m.Entry!.Address && l.Service == MailboxLogin.Imap).Select(l => (long?)l.Seconds).FirstOrDefault(),
            Pop3 = db.MailboxLogins.Where(l => l.Address == m.Entry!.Address && l.Service == MailboxLogin.Pop3).Select(l => (long?)l.Seconds).FirstOrDefault(),
            IsGreeted = m.Entry.Domain.WelcomeLanguage != null,
            HasWelcome = db.Notices.Any(n => n.MailboxId == m.Id && n.Kind == NoticeKind.Welcome),
            WelcomeDueAt = db.Notices.Where(n => n.MailboxId == m.Id && n.Kind == NoticeKind.Welcome).Select(n => n.DueAt).FirstOrDefault(),
            WelcomeRefusal = db.Notices.Where(n => n.MailboxId == m.Id && n.Kind == NoticeKind.Welcome).Select(n => n.Refusal).FirstOrDefault(),
            Submission = db.MailboxSignIns.Where(s => s.MailboxId == m.Id && s.Service == MailboxSignIn.Submission).Max(s => (DateTime?)s.LastAt),
        });

    private static IQueryable<string> SendersOf(AdminDb db, long mailboxId, Actor actor)
    {
        var visible = db.Domains.VisibleTo(actor);
        return db.SendAsGrants.Where(g => g.MailboxId == mailboxId && visible.Any(d => d.Id == g.DomainId)).Select(g => g.Address).OrderBy(a => a);
    }
}
