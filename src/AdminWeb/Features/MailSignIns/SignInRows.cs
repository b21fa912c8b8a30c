using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>Sign-ins from one place, or refused ones of one day.</summary>
/// <param name="Service">imap, pop3, sieve, or smtp for submission.</param>
/// <param name="RemoteAddress">For refused ones: where the last of them came from.</param>
/// <param name="FirstAt">For refused ones: the day.</param>
public sealed record SignInRow(string Service, string RemoteAddress, DateTime FirstAt, DateTime LastAt, long Times);

/// <param name="Accepted">The latest places first.</param>
/// <param name="Refused">The latest days first.</param>
public sealed record MailboxSignIns(string Address, string DomainName, IReadOnlyList<SignInRow> Accepted, IReadOnlyList<SignInRow> Refused);

/// <summary>Who signed in to a mailbox, for whoever may see logs of its domain, and for its owner.</summary>
public sealed class SignInRows(AdminDb db)
{
    /// <summary>What a page shows of each; the rest is older.</summary>
    public const int Shown = 50;

    /// <summary>Null where there is no such mailbox for this actor, or its logs are not the actor's to see.</summary>
    public Task<MailboxSignIns?> FindAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        return OfAsync(db.Mailboxes.PermittedTo(actor, DomainPermissions.Logs).Where(m => m.Entry!.Address == value), ct);
    }

    /// <summary>Of the actor's own mailbox; null for whoever is no mailbox owner.</summary>
    public Task<MailboxSignIns?> OwnAsync(Actor actor, CancellationToken ct) => OfAsync(db.Mailboxes.OwnedBy(actor), ct);

    private async Task<MailboxSignIns?> OfAsync(IQueryable<Mailbox> mailboxes, CancellationToken ct)
    {
        var mailbox = await mailboxes.Select(m => new { m.Id, m.Entry!.Address, Domain = m.Entry.Domain!.Name }).FirstOrDefaultAsync(ct);
        if (mailbox is null) return null;

        var accepted = await db.MailboxSignIns.Where(s => s.MailboxId == mailbox.Id).OrderByDescending(s => s.LastAt).Take(Shown)
            .Select(s => new SignInRow(s.Service, s.RemoteAddress, s.FirstAt, s.LastAt, s.Times)).ToListAsync(ct);
        var refused = await db.RefusedSignIns.Where(s => s.MailboxId == mailbox.Id).OrderByDescending(s => s.LastAt).Take(Shown)
            .Select(s => new SignInRow(s.Service, s.RemoteAddress, s.Day, s.LastAt, s.Times)).ToListAsync(ct);
        return new MailboxSignIns(mailbox.Address, mailbox.Domain.Value, accepted, refused);
    }
}
