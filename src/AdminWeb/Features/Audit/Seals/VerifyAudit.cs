using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Audit.Seals;

/// <summary>
/// Walks the chain from its beginning and compares every sealed entry. What one seal holds is in memory, and a while's
/// late entries, whatever the size of the audit. Entries and seals that come meanwhile do no harm.
/// </summary>
/// <param name="keyFile">Null: seals' marks are not looked at.</param>
/// <param name="expected">Digest of a seal that was kept elsewhere; null where there is none.</param>
/// <param name="progress">Told the number of entries compared so far.</param>
public sealed class VerifyAudit(AdminDb db, KeyFile? keyFile, string? expected, IProgress<long>? progress)
{
    // Panels' clocks may differ, and a late entry waits for the next look.
    private static readonly TimeSpan LateAtMost = SealAudit.LateAtMost + TimeSpan.FromMinutes(10);

    /// <summary>Entries below what is sealed that no seal has named so far, and when they were passed.</summary>
    private readonly SortedDictionary<long, DateTime> passed = [];

    private AuditSeal? last;
    private long entries;
    private long late;
    private bool hasExpected;

    public async Task<AuditVerification> RunAsync(CancellationToken ct)
    {
        while (await NextAsync(ct) is { } seal)
        {
            if (OfChain(seal) is { } fault) return Ended(new(fault, fault == AuditFault.SealMissing ? Number + 1 : seal.Number));
            if (await OfEntriesAsync(seal, ct) is { } broken) return Ended(broken);

            last = seal;
            hasExpected |= seal.Digest == expected;
            progress?.Report(entries);
        }
        // After the walk: what was sealed meanwhile is not counted.
        var unsealed = await db.AuditEntries.LongCountAsync(e => e.Id > SealedTo, ct);
        if (Inserted(db.UtcNow) is { } inserted) return Ended(inserted);
        if (expected is not null && !hasExpected) return Ended(new(AuditFault.DigestMissing));

        return Ended(null) with { Unsealed = unsealed + passed.Count };
    }

    private long Number => last?.Number ?? 0;

    private long SealedTo => last?.SealedTo ?? 0;

    // By number, with any before it that should not be there.
    private Task<AuditSeal?> NextAsync(CancellationToken ct)
    {
        var number = last?.Number ?? long.MinValue;
        return db.AuditSeals.AsNoTracking().Where(s => s.Number > number).OrderBy(s => s.Number).FirstOrDefaultAsync(ct);
    }

    private AuditFault? OfChain(AuditSeal seal)
    {
        if (seal.Digest != AuditChain.DigestOf(seal)) return AuditFault.SealChanged;
        if (seal.Number != Number + 1 || seal.Previous != (last?.Digest ?? AuditChain.Beginning)) return AuditFault.SealMissing;

        return keyFile?.IsMark(seal.Mark, SealAudit.MarkPurpose, seal.Digest) switch
        {
            false => AuditFault.SealForged,
            null when keyFile is not null => AuditFault.SealKeyUnknown,
            _ => null,
        };
    }

    private async Task<AuditBreak?> OfEntriesAsync(AuditSeal seal, CancellationToken ct)
    {
        var held = SealedEntry.Unpack(seal.Entries);
        if (held is null || held.Count != seal.EntryCount || !IsOrdered(held, seal)) return new(AuditFault.SealChanged, seal.Number);

        var after = SealedTo;
        var isLate = held.ToLookup(e => e.Id <= after);
        return await OfLateAsync([.. isLate[true]], seal, ct) ?? await OfRangeAsync([.. isLate[false]], seal, ct) ?? Inserted(seal.SealedAt);
    }

    private static bool IsOrdered(IReadOnlyList<SealedEntry> held, AuditSeal seal) =>
        held.Count > 0 && held.Zip(held.Skip(1)).All(pair => pair.First.Id < pair.Second.Id) && held[0].Id == seal.FirstId && held[^1].Id <= seal.SealedTo;

    private async Task<AuditBreak?> OfLateAsync(IReadOnlyList<SealedEntry> held, AuditSeal seal, CancellationToken ct)
    {
        if (held.Count == 0) return null;

        IReadOnlyList<long> ids = [.. held.Select(e => e.Id)];
        var there = await db.AuditEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        foreach (var entry in held)
        {
            if (Compare(entry, there.GetValueOrDefault(entry.Id)) is { } fault) return new(fault, seal.Number, entry.Id);

            passed.Remove(entry.Id);
            late++;
        }
        return null;
    }

    // A block at a time: somebody may have put a million entries between two.
    private async Task<AuditBreak?> OfRangeAsync(IReadOnlyList<SealedEntry> held, AuditSeal seal, CancellationToken ct)
    {
        var (next, after) = (0, SealedTo);
        while (true)
        {
            var block = await db.AuditEntries.AsNoTracking().Where(e => e.Id > after && e.Id <= seal.SealedTo).OrderBy(e => e.Id).Take(SealAudit.Size).ToListAsync(ct);
            foreach (var entry in block)
            {
                if (next == held.Count || entry.Id < held[next].Id) passed.Add(entry.Id, seal.SealedAt);
                else if (Compare(held[next], entry) is { } fault) return new(fault, seal.Number, held[next].Id);
                else next++;
            }
            // More than were ever late at once.
            if (passed.Count > 10 * SealAudit.Size) return new(AuditFault.EntryInserted, seal.Number, passed.First().Key);
            if (block.Count < SealAudit.Size) return next == held.Count ? null : new(AuditFault.EntryDeleted, seal.Number, held[next].Id);

            after = block[^1].Id;
        }
    }

    private AuditFault? Compare(SealedEntry held, AuditEntry? entry)
    {
        if (entry?.Id != held.Id) return AuditFault.EntryDeleted;
        if (!held.Is(entry)) return AuditFault.EntryChanged;

        entries++;
        return null;
    }

    /// <summary>The first of those that no seal will take any more.</summary>
    private AuditBreak? Inserted(DateTime now)
    {
        foreach (var (id, at) in passed)
        {
            if (at < now - LateAtMost) return new(AuditFault.EntryInserted, null, id);
        }
        return null;
    }

    private AuditVerification Ended(AuditBreak? broken) => new()
    {
        Break = broken, Seals = Number, Entries = entries, Late = late, Digest = last?.Digest, SealedTo = last?.SealedTo, SealedAt = last?.SealedAt, IsKeyed = keyFile is not null,
    };
}
