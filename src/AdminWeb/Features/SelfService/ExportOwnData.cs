using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.SecondFactor;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>One change of a mailbox, as its owner may know it: what and by whom, not from where.</summary>
public sealed record OwnChange(DateTime At, string Action, string By);

/// <summary>A password of one mail program: when it was made and used, and nothing of the password itself.</summary>
public sealed record OwnAppPassword(string Name, bool Imap, bool Pop3, bool Smtp, bool Sieve, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? LastUsedAt, string? LastUsedService, string? LastUsedFrom);

/// <summary>A passkey: what its owner calls it, when it was added and used.</summary>
public sealed record OwnPasskey(string Name, DateTime CreatedAt, DateTime? LastUsedAt);

/// <summary>The vacation reply, switched on or not.</summary>
public sealed record OwnVacation(bool IsOn, string? Subject, string Text, DateOnly? FirstDay, DateOnly? LastDay, int Days);

/// <summary>One of the rules that mail is sorted by, in their order.</summary>
public sealed record OwnFilter(string Name, bool IsOn, FilterRule Rule);

/// <summary>An address that the owner made, on or off.</summary>
public sealed record OwnAddress(string Address, string? Comment, bool IsOn, DateTime? Until, DateTime CreatedAt);

/// <summary>A browser that was signed in to the panel, or still is.</summary>
public sealed record OwnSession(DateTime StartedAt, DateTime LastSeenAt, string? Source, string? Browser);

/// <summary>All that the panel knows about a mailbox owner; the mail itself is Dovecot's.</summary>
/// <param name="Language">In which the owner reads the panel; null is what the browser says.</param>
/// <param name="LastSignInAt">At the panel.</param>
/// <param name="SecondFactorSince">Null: it is off.</param>
/// <param name="Changes">Of the mailbox since it was made, sign-ins at the panel included; the oldest first.</param>
public sealed record OwnData(DateTime ExportedAt, OwnMailbox Mailbox, string? Language, DateTime? LastSignInAt, DateTime? SecondFactorSince, IReadOnlyList<OwnPasskey> Passkeys, OwnVacation? Vacation, IReadOnlyList<OwnFilter> Filters, IReadOnlyList<OwnAddress> Addresses, IReadOnlyList<OwnAppPassword> AppPasswords, bool TellsOfNewNetworks, IReadOnlyList<OwnSession> Sessions, MailboxSignIns SignIns, IReadOnlyList<OwnChange> Changes);

/// <summary>Hands out what the panel knows about the actor, and writes down that it did.</summary>
public sealed class ExportOwnData(AdminDb db, OwnMailboxRows own, SignInRows signIns)
{
    /// <summary>The latest: more than anybody makes in years.</summary>
    private const int Most = 10_000;

    public async Task<Outcome<OwnData>> RunAsync(Actor actor, CancellationToken ct)
    {
        if (await own.FindAsync(actor, ct) is not { } mailbox || await signIns.OwnAsync(actor, ct) is not { } seen) return Outcome.NotFound<OwnData>();

        return await db.InTransactionAsync(
            async token =>
            {
                // Split: sessions, passkeys and app passwords in one answer would be multiplied with each other.
                var account = await db.Accounts.Where(a => a.MailboxId == actor.MailboxId).OrderBy(a => a.Id).AsSplitQuery().Select(a => new
                {
                    a.Language,
                    a.LastSignInAt,
                    a.TellsOfNewNetworks,
                    Sessions = db.PanelSessions.Where(s => s.AccountId == a.Id).OrderBy(s => s.StartedAt).Select(s => new OwnSession(s.StartedAt, s.LastSeenAt, s.Source, s.Browser)).ToList(),
                    Since = db.Authenticators.Where(f => f.AccountId == a.Id).Select(f => (DateTime?)f.CreatedAt).FirstOrDefault(),
                    Passkeys = db.Passkeys.Where(p => p.AccountId == a.Id).OrderBy(p => p.Name).Select(p => new OwnPasskey(p.Name, p.CreatedAt, p.LastUsedAt)).ToList(),
                    Vacation = db.Vacations.Where(v => v.MailboxId == a.MailboxId).Select(v => new OwnVacation(v.IsOn, v.Subject, v.Text, v.FirstDay, v.LastDay, v.Days)).ToList(),
                    AppPasswords = db.AppPasswords.Where(p => p.MailboxId == a.MailboxId).OrderBy(p => p.Name)
                        .Select(p => new OwnAppPassword(p.Name, p.AllowsImap, p.AllowsPop3, p.AllowsSmtp, p.AllowsSieve, p.CreatedAt, p.ExpiresAt, p.LastUsedAt, p.LastUsedService, p.LastUsedFrom)).ToList(),
                }).FirstOrDefaultAsync(token);
                var made = await db.Mailboxes.OwnedBy(actor).Select(m => new { m.CreatedAt, m.Entry!.DomainId }).FirstAsync(token);
                // Somebody else may have had the address before.
                var changes = await db.AuditEntries.Where(e => e.Subject == mailbox.Address && e.At >= made.CreatedAt)
                    .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Most).Select(e => new OwnChange(e.At, e.Action, e.Actor)).ToListAsync(token);
                changes.Reverse();
                var addresses = await db.Aliases.Where(a => db.Mailboxes.Any(m => m.Id == actor.MailboxId && m.AddressId == a.OwnerAddressId)).OrderBy(a => a.Id)
                    .Select(a => new OwnAddress(a.Entry!.Address, a.Comment, a.Entry.IsActive, a.Entry.ActiveUntil, a.CreatedAt)).ToListAsync(token);
                var filters = await db.MailboxFilters.AsNoTracking().Where(f => f.MailboxId == actor.MailboxId).InOrder().ToListAsync(token);
                db.Audit(actor, "mailbox.export", mailbox.Address, made.DomainId);
                return Outcome.Done(new OwnData(db.UtcNow, mailbox, account?.Language, account?.LastSignInAt, SecondFactors.Earlier(account?.Since, account?.Passkeys.Min(p => (DateTime?)p.CreatedAt)), account?.Passkeys ?? [], account?.Vacation.FirstOrDefault(), [.. filters.Select(f => new OwnFilter(f.Name, f.IsOn, FilterRule.Of(f)))], addresses, account?.AppPasswords ?? [], account?.TellsOfNewNetworks ?? false, account?.Sessions ?? [], seen, changes));
            },
            duplicate: null,
            ct);
    }
}
