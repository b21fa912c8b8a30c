using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Audit.Seals;

/// <summary>
/// Adds seals to the chain. It only reads entries, and no lock of theirs is taken: nobody who writes one waits. Several
/// panels may try at once; the number of a seal is its primary key, so that one of them adds it.
/// </summary>
public sealed class SealAudit(AdminDb db, KeyFile keyFile)
{
    /// <summary>Keeps marks of seals apart from what else the key file keys.</summary>
    public const string MarkPurpose = "audit-seal";

    /// <summary>Entries of one seal.</summary>
    public const int Size = 1000;

    /// <summary>
    /// How long a transaction may take from the id of its entry to the commit. Until then an entry below what is sealed is
    /// one that was committed late, and goes into a later seal; afterwards it is one that was put there.
    /// </summary>
    public static readonly TimeSpan LateAtMost = TimeSpan.FromHours(1);

    private static readonly Problem Elsewhere = new("", "SealedElsewhere");

    /// <summary>Seals the oldest entries above those that are sealed.</summary>
    /// <param name="upTo">The highest id to seal. One that was there a while ago: lower ones are then committed, but for a few late ones.</param>
    /// <returns>The seal; null where there was nothing to seal, or another panel was faster.</returns>
    public Task<AuditSeal?> NextAsync(long upTo, CancellationToken ct) => SealAsync(
        (last, token) => db.AuditEntries.AsNoTracking().Where(e => e.Id > last.SealedTo && e.Id <= upTo).OrderBy(e => e.Id).Take(Size).ToListAsync(token), ct);

    /// <summary>Seals entries that were committed after higher ids had been sealed. It reads what was sealed within <see cref="LateAtMost"/>.</summary>
    /// <returns>The seal; null where there was nothing to seal, or another panel was faster.</returns>
    public Task<AuditSeal?> NextLateAsync(CancellationToken ct) => SealAsync(
        async (_, token) =>
        {
            var ids = await LateAsync(token);
            return ids.Count == 0 ? [] : await db.AuditEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).OrderBy(e => e.Id).ToListAsync(token);
        },
        ct);

    private async Task<AuditSeal?> SealAsync(Func<Link, CancellationToken, Task<List<AuditEntry>>> next, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(
            async token =>
            {
                var last = await db.AuditSeals.OrderByDescending(s => s.Number).Select(s => new Link(s.Number, s.SealedTo, s.Digest)).FirstOrDefaultAsync(token)
                    ?? new Link(0, 0, AuditChain.Beginning);
                var entries = await next(last, token);
                if (entries.Count == 0) return Outcome.NotFound<AuditSeal>();

                var seal = Seal(last, entries);
                db.AuditSeals.Add(seal);
                return Outcome.Done(seal);
            },
            Elsewhere,
            ct);
        return outcome is Outcome<AuditSeal>.Done done ? done.Value : null;
    }

    private AuditSeal Seal(Link last, List<AuditEntry> entries)
    {
        var seal = new AuditSeal
        {
            Number = last.Number + 1, SealedAt = db.UtcNow, SealedTo = Math.Max(last.SealedTo, entries[^1].Id), FirstId = entries[0].Id,
            EntryCount = entries.Count, Entries = SealedEntry.Pack(entries), Previous = last.Digest,
        };
        seal.Digest = AuditChain.DigestOf(seal);
        seal.Mark = keyFile.Mark(MarkPurpose, seal.Digest);
        return seal;
    }

    private async Task<IReadOnlyList<long>> LateAsync(CancellationToken ct)
    {
        var limit = db.UtcNow - LateAtMost;
        var closed = await db.AuditSeals.Where(s => s.SealedAt <= limit).OrderByDescending(s => s.Number).Select(s => new Link(s.Number, s.SealedTo, "")).FirstOrDefaultAsync(ct)
            ?? new Link(0, 0, "");
        var open = db.AuditSeals.Where(s => s.Number > closed.Number);
        var held = await open.GroupBy(_ => 1)
            .Select(g => new { Count = g.Sum(s => (long)s.EntryCount), FirstId = g.Min(s => s.FirstId), SealedTo = g.Max(s => s.SealedTo) }).FirstOrDefaultAsync(ct);
        if (held is null) return [];

        // As many as are sealed, and all of those in this range: nobody was late, nearly always.
        var count = await db.AuditEntries.LongCountAsync(e => e.Id > closed.SealedTo && e.Id <= held.SealedTo, ct);
        return count == held.Count && held.FirstId > closed.SealedTo ? [] : await UnsealedAsync(closed, ct);
    }

    // Seal by seal: what one holds in memory is all there is.
    private async Task<IReadOnlyList<long>> UnsealedAsync(Link closed, CancellationToken ct)
    {
        var unsealed = new SortedSet<long>();
        for (var at = closed; ;)
        {
            var (number, from) = (at.Number + 1, at.SealedTo);
            var seal = await db.AuditSeals.AsNoTracking().FirstOrDefaultAsync(s => s.Number == number, ct);
            if (seal is null) return [.. unsealed.Take(Size)];
            // Somebody changed the chain; verifying it says so.
            if (SealedEntry.Unpack(seal.Entries) is not { } entries) return [];

            var ids = entries.Select(e => e.Id).ToHashSet();
            unsealed.UnionWith((await db.AuditEntries.Where(e => e.Id > from && e.Id <= seal.SealedTo).Select(e => e.Id).ToListAsync(ct)).Where(id => !ids.Contains(id)));
            unsealed.ExceptWith(ids);
            at = new Link(number, seal.SealedTo, seal.Digest);
        }
    }

    /// <summary>What the next seal is bound to.</summary>
    private sealed record Link(long Number, long SealedTo, string Digest);
}
