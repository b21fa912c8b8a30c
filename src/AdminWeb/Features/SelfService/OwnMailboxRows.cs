using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>A mailbox as its owner sees it. Times are UTC, sizes bytes.</summary>
/// <param name="ActiveUntil">When it ends; null is never.</param>
/// <param name="QuotaBytes">What it may store; null is no limit.</param>
/// <param name="LastImapAt">When a mail program last signed in over IMAP; null is never.</param>
/// <param name="LastSubmissionAt">When one last signed in to send; null is not within the days that sign-ins are kept.</param>
/// <param name="Forwards">Where its mail is also, or only, sent; in order.</param>
/// <param name="SpamFrom">Points from which it goes to Junk; 0: none does; null: what the server says.</param>
/// <param name="Aliases">Further addresses whose mail arrives here: in alias domains, of aliases, groups and catch-alls that are active.</param>
/// <param name="SendAs">Granted senders beside them; "@domain" for all of a domain.</param>
public sealed record OwnMailbox(
    string Address,
    string? DisplayName,
    DateTime? ActiveUntil,
    long UsedBytes,
    long Messages,
    long? QuotaBytes,
    MailboxAccess Access,
    DateTime? LastImapAt,
    DateTime? LastPop3At,
    DateTime? LastSubmissionAt,
    DateTime PasswordChangedAt,
    DateTime? PasswordExpiresAt,
    string? RecoveryAddress,
    bool IsRecoveryConfirmed,
    IReadOnlyList<string> Forwards,
    bool KeepsCopy,
    int? SpamFrom,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> SendAs,
    IReadOnlyList<OwnWarning> Warnings)
{
    /// <summary>"57.2": of a hundred, and never more.</summary>
    public static string Percent(long used, long quota) => Math.Min(100, used * 100.0 / quota).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A mailbox as a mail program is set up with it.</summary>
/// <param name="NeedsAppPassword">Mail programs are refused with the mailbox's own password.</param>
public sealed record OwnAccess(string Address, string? DisplayName, MailboxAccess Access, bool NeedsAppPassword);

/// <summary>The recovery address of a mailbox, and whether it is good for anything.</summary>
/// <param name="Address">Null: there is none.</param>
public sealed record OwnRecovery(string? Address, bool IsConfirmed);

/// <summary>What an owner should look at.</summary>
public enum OwnWarning
{
    /// <summary>New mail is refused.</summary>
    Full,
    NearlyFull,
    PasswordEnds,
    MailboxEnds,

    /// <summary>All mail goes elsewhere and none is kept here.</summary>
    KeepsNothing,
}

/// <summary>The mailbox of whoever is signed in.</summary>
public sealed class OwnMailboxRows(AdminDb db)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Null for whoever is no mailbox owner.</summary>
    public async Task<OwnMailbox?> FindAsync(Actor actor, CancellationToken ct)
    {
        var found = await db.Mailboxes.OwnedBy(actor).AsNoTracking().Include(m => m.Entry).ThenInclude(e => e!.Destinations).Select(m => new
        {
            Mailbox = m,
            m.Entry!.Domain!.PasswordMaxAgeDays,
            // Each figure by itself: both at once are numbered in a table of all mailboxes.
            Bytes = db.MailboxUsages.Where(u => u.Address == m.Entry!.Address).Select(u => u.Bytes).FirstOrDefault(),
            Messages = db.MailboxUsages.Where(u => u.Address == m.Entry!.Address).Select(u => u.Messages).FirstOrDefault(),
            Imap = db.MailboxLogins.Where(l => l.Address == m.Entry!.Address && l.Service == MailboxLogin.Imap).Select(l => (long?)l.Seconds).FirstOrDefault(),
            Pop3 = db.MailboxLogins.Where(l => l.Address == m.Entry!.Address && l.Service == MailboxLogin.Pop3).Select(l => (long?)l.Seconds).FirstOrDefault(),
            Submission = db.MailboxSignIns.Where(s => s.MailboxId == m.Id && s.Service == MailboxSignIn.Submission).Max(s => (DateTime?)s.LastAt),
        }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var (mailbox, entry) = (found.Mailbox, found.Mailbox.Entry!);
        // What other mailboxes forward here is the business of their owners.
        var reached = await ReachedFrom.OfAsync(db, entry, addresses => addresses.Where(a => a.Kind != AddressKind.Mailbox), ct);
        var sendAs = await db.SendAsGrants.Where(g => g.MailboxId == mailbox.Id).Select(g => g.Address).OrderBy(a => a).ToListAsync(ct);
        var expiry = PasswordExpiry.At(mailbox.PasswordChangedAt, found.PasswordMaxAgeDays);
        return new OwnMailbox(
            entry.Address, mailbox.DisplayName, entry.ActiveUntil, found.Bytes, found.Messages, mailbox.QuotaBytes, MailboxAccess.Of(mailbox),
            MailboxLogin.Time(found.Imap), MailboxLogin.Time(found.Pop3), found.Submission, mailbox.PasswordChangedAt, expiry, mailbox.RecoveryAddress, mailbox.GoodRecoveryAddress is not null,
            [.. entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)], mailbox.KeepsCopy, mailbox.SpamFrom,
            [.. reached.AlsoReachedAs, .. reached.ForwardedFrom.Where(f => f.State == AddressState.Active).Select(f => f.Address)], sendAs,
            [.. Warnings(mailbox, found.Bytes, expiry)]);
    }

    /// <summary>What a mail program is set up with; null for whoever is no mailbox owner.</summary>
    public Task<OwnAccess?> AccessAsync(Actor actor, CancellationToken ct) => db.Mailboxes.OwnedBy(actor).Select(m => new OwnAccess(
        m.Entry!.Address, m.DisplayName, new MailboxAccess(m.AllowsImap, m.AllowsPop3, m.AllowsSmtp, m.AllowsSieve, m.AllowedNetworks), m.AppPasswordsOnly)).FirstOrDefaultAsync(ct);

    /// <summary>Where a forgotten password is replaced from; null for whoever is no mailbox owner.</summary>
    public Task<OwnRecovery?> RecoveryAsync(Actor actor, CancellationToken ct) =>
        db.Mailboxes.OwnedBy(actor).Select(m => new OwnRecovery(m.RecoveryAddress, m.RecoveryAddress == m.ConfirmedRecoveryAddress)).FirstOrDefaultAsync(ct);

    private IEnumerable<OwnWarning> Warnings(Mailbox mailbox, long used, DateTime? expiry)
    {
        var soon = db.UtcNow + Soon;
        if (mailbox.QuotaBytes is { } quota && used * 1000.0 >= quota * (double)MailboxFigures.NearlyFull) yield return used >= quota ? OwnWarning.Full : OwnWarning.NearlyFull;
        if (expiry < soon) yield return OwnWarning.PasswordEnds;
        if (mailbox.Entry!.ActiveUntil < soon) yield return OwnWarning.MailboxEnds;
        if (!mailbox.KeepsCopy) yield return OwnWarning.KeepsNothing;
    }
}
