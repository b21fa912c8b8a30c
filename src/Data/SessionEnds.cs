using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdminPanel.Data;

/// <summary>
/// Sessions end when rights end. What takes a right away is found in what is about to be saved, so that no operation has
/// to think of it; statements that go past the change tracker say it here.
/// </summary>
public static class SessionEnds
{
    private const int SweptAtOnce = 1_000;

    /// <summary>Ends the open IMAP, POP3 and ManageSieve sessions of mailboxes, on every mail server, once the transaction is committed.</summary>
    public static void EndSessions(this AdminDb db, IEnumerable<string> addresses)
    {
        var at = db.UtcNow;
        db.SessionEnds.AddRange(addresses.Select(address => new SessionEnd { Mask = address, At = at }));
    }

    /// <summary>The same for every mailbox in a domain, however many: one row.</summary>
    public static void EndSessions(this AdminDb db, DomainName domain) => db.EndSessions([SessionMask.Of(domain).Value]);

    /// <summary>Those of mailboxes whose password is too old by a rule that is stricter than the one before.</summary>
    /// <param name="before">Days; null: there was no rule.</param>
    /// <param name="days">The rule from now on.</param>
    public static Task EndSessionsOfOldPasswordsAsync(this AdminDb db, long domainId, int? before, int days, CancellationToken ct)
    {
        var now = db.UtcNow;
        var since = before is { } limit ? now.AddDays(-limit) : DateTime.UnixEpoch;
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO session_ends (mask, at)
            SELECT a.address, {now} FROM addresses a STRAIGHT_JOIN mailboxes m ON m.address_id = a.id
            WHERE a.domain_id = {domainId} AND a.kind = 'mailbox' AND m.password_changed_at > {since} AND m.password_changed_at <= {now.AddDays(-days)}
            """,
            ct);
    }

    /// <summary>Removes what no agent asks for any more, some rows at a time.</summary>
    public static async Task SweepSessionEndsAsync(this AdminDb db, CancellationToken ct)
    {
        var old = db.UtcNow - SessionEnd.KeptFor;
        while (await db.Database.ExecuteSqlAsync($"DELETE FROM session_ends WHERE at < {old} LIMIT {SweptAtOnce}", ct) == SweptAtOnce)
        {
            // The next ones.
        }
    }

    /// <summary>Adds a row for everybody who loses a right by what is about to be saved. Called once the versions are stamped.</summary>
    internal static void NoteSessionEnds(this AdminDb db)
    {
        var now = db.UtcNow;
        var masks = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Modified or EntityState.Deleted)) continue;

            var mask = entry.Entity switch
            {
                Mailbox mailbox when LosesRights(db.Entry(mailbox)) => AddressOf(db, mailbox),
                AddressEntry { Kind: AddressKind.Mailbox } address when LosesRights(db.Entry(address), now) => db.Entry(address).OriginalValue(a => a.Address),
                MailDomain { Kind: DomainKind.Hosted } domain when LosesRights(db.Entry(domain)) => SessionMask.Of(db.Entry(domain).OriginalValue(d => d.Name)).Value,
                _ => null,
            };
            if (mask is not null) masks.Add(mask);
        }
        if (masks.Count > 0) db.EndSessions(masks);
    }

    // Another hash of the same password has the same time. Submission is no session of Dovecot's.
    private static bool LosesRights(EntityEntry<Mailbox> mailbox) => mailbox.State == EntityState.Deleted
        || mailbox.OriginalValue(m => m.PasswordChangedAt) != mailbox.Entity.PasswordChangedAt
        || (mailbox.Entity.AppPasswordsOnly && !mailbox.OriginalValue(m => m.AppPasswordsOnly))
        || (mailbox.OriginalValue(m => m.AllowsImap) && !mailbox.Entity.AllowsImap)
        || (mailbox.OriginalValue(m => m.AllowsPop3) && !mailbox.Entity.AllowsPop3)
        || (mailbox.OriginalValue(m => m.AllowsSieve) && !mailbox.Entity.AllowsSieve)
        || (mailbox.Entity.AllowedNetworks is { } networks && mailbox.OriginalValue(m => m.AllowedNetworks) != networks);

    private static bool LosesRights(EntityEntry<AddressEntry> address, DateTime now) => address.State == EntityState.Deleted
        || address.OriginalValue(a => a.Address) != address.Entity.Address
        || (IsActive(address.OriginalValue(a => a.IsActive), address.OriginalValue(a => a.ActiveFrom), address.OriginalValue(a => a.ActiveUntil), now)
            && !IsActive(address.Entity.IsActive, address.Entity.ActiveFrom, address.Entity.ActiveUntil, now));

    private static bool LosesRights(EntityEntry<MailDomain> domain) => domain.State == EntityState.Deleted
        || domain.OriginalValue(d => d.Name) != domain.Entity.Name
        || (domain.OriginalValue(d => d.IsActive) && !domain.Entity.IsActive);

    private static bool IsActive(bool isActive, DateTime? from, DateTime? until, DateTime now) =>
        AddressStates.At(now, isActive, from, until, domainIsActive: true) == AddressState.Active;

    private static TValue OriginalValue<TEntity, TValue>(this EntityEntry<TEntity> entry, System.Linq.Expressions.Expression<Func<TEntity, TValue>> property)
        where TEntity : class => entry.Property(property).OriginalValue;

    private static string AddressOf(AdminDb db, Mailbox mailbox) => mailbox.Entry is { } address
        ? db.Entry(address).OriginalValue(a => a.Address)
        : throw new InvalidOperationException("A mailbox whose rights change is loaded with its address: its sessions are ended by it.");
}
