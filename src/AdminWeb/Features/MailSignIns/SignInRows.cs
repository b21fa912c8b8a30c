using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
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

/// <summary>Who signed in to a mailbox, for whoever may see logs of its domain.</summary>
public sealed class SignInRows(AdminDb db)
{
    /// <summary>What a page shows of each; the rest is older.</summary>
    public const int Shown = 50;

    /// <summary>Null where there is no such mailbox for this actor, or its logs are not the actor's to see.</summary>
    public async Task<MailboxSignIns?> FindAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        var mailbox = await db.Mailboxes.PermittedTo(actor, DomainPermissions.Logs).Where(m => m.Entry!.Address == value)
            .Select(m => new { m.Id, m.Entry!.Address }).FirstOrDefaultAsync(ct);
        if (mailbox is null) return null;

        var accepted = await db.MailboxSignIns.Where(s => s.MailboxId == mailbox.Id).OrderByDescending(s => s.LastAt).Take(Shown)
            .Select(s => new SignInRow(s.Service, s.RemoteAddress, s.FirstAt, s.LastAt, s.Times)).ToListAsync(ct);
        var refused = await db.RefusedSignIns.Where(s => s.MailboxId == mailbox.Id).OrderByDescending(s => s.LastAt).Take(Shown)
            .Select(s => new SignInRow(s.Service, s.RemoteAddress, s.Day, s.LastAt, s.Times)).ToListAsync(ct);
        return new MailboxSignIns(mailbox.Address, address.Domain.Value, accepted, refused);
    }
}
