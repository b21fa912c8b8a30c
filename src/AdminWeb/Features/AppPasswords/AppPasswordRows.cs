using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailSignIns;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>A password of one mail program; times are UTC.</summary>
/// <param name="Access">What it opens, as far as the mailbox does.</param>
/// <param name="ExpiresAt">Null is never.</param>
/// <param name="LastUsedService">imap, pop3, sieve, or smtp for submission; null where it was never used.</param>
/// <param name="LastUsedFrom">An IPv4 address, or the /64 of an IPv6 address.</param>
public sealed record AppPasswordRow(long Id, string Name, MailboxAccess Access, DateTime CreatedAt, DateTime? ExpiresAt, bool IsExpired, DateTime? LastUsedAt, string? LastUsedService, string? LastUsedFrom);

/// <summary>The passwords of a mailbox's mail programs, by name.</summary>
/// <param name="Access">What the mailbox itself allows.</param>
/// <param name="AreNeeded">Whether mail programs are let in with one of these alone: the owner has a second factor.</param>
/// <param name="IsUseKnown">Whether Dovecot reports sign-ins: otherwise nobody knows when one was last used.</param>
public sealed record AppPasswordList(long MailboxId, string Address, string DomainName, MailboxAccess Access, bool AreNeeded, bool IsUseKnown, IReadOnlyList<AppPasswordRow> Passwords)
{
    /// <summary>The protocols that a password may be made for.</summary>
    public IEnumerable<ClientProtocol> Protocols => Enum.GetValues<ClientProtocol>().Where(Access.Allows);
}

/// <summary>Passwords of mail programs, for their owner and for whoever sets passwords of the domain.</summary>
public sealed class AppPasswordRows(AdminDb db, IConfiguration configuration)
{
    /// <summary>Null for whoever is no mailbox owner.</summary>
    public Task<AppPasswordList?> OwnAsync(Actor actor, CancellationToken ct) => OfAsync(db.Mailboxes.OwnedBy(actor), ct);

    /// <summary>Null where there is no such mailbox for this actor, or its passwords are not the actor's to set.</summary>
    public Task<AppPasswordList?> FindAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        return OfAsync(db.Mailboxes.PermittedTo(actor, DomainPermissions.Passwords).Where(m => m.Entry!.Address == value), ct);
    }

    private async Task<AppPasswordList?> OfAsync(IQueryable<Mailbox> mailboxes, CancellationToken ct)
    {
        var found = await mailboxes.AsNoTracking().Include(m => m.Entry).ThenInclude(e => e!.Domain).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var now = db.UtcNow;
        var passwords = await db.AppPasswords.Where(p => p.MailboxId == found.Id).OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Select(p => new AppPasswordRow(
                p.Id, p.Name, new MailboxAccess(p.AllowsImap, p.AllowsPop3, p.AllowsSmtp, p.AllowsSieve, null), p.CreatedAt, p.ExpiresAt, p.ExpiresAt != null && p.ExpiresAt <= now,
                p.LastUsedAt, p.LastUsedService, p.LastUsedFrom))
            .ToListAsync(ct);
        return new AppPasswordList(found.Id, found.Entry!.Address, found.Entry.Domain!.Name.Value, MailboxAccess.Of(found), found.AppPasswordsOnly, SignInReports.AreTaken(configuration), passwords);
    }
}
