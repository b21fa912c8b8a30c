using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>
/// What a change adds to a domain's counters, or takes off them. <see cref="Quota"/> in bytes. Sizes of the mailboxes
/// that it makes, moves or changes: <see cref="Largest"/> in bytes, null where none is; <see cref="HasUnlimited"/> when
/// one is to have no quota, which no sum can hold.
/// </summary>
public readonly record struct DomainCharge(int Mailboxes = 0, int Aliases = 0, long Quota = 0, long? Largest = null, bool HasUnlimited = false)
{
    /// <summary>For a mailbox that comes into a domain.</summary>
    public static DomainCharge Adding(long? quota) => new(Mailboxes: 1, Quota: quota ?? 0, Largest: quota, HasUnlimited: quota is null);

    /// <summary>For a mailbox that gets another quota.</summary>
    public static DomainCharge Changing(long? from, long? to) => new(Quota: (to ?? 0) - (from ?? 0), Largest: to, HasUnlimited: to is null);
}

/// <summary>
/// A domain's limits and counters. One conditional UPDATE checks the limits, changes the counters and takes the
/// domain's row lock, so two admins cannot both have the last place. Counters are no part of what people edit: the
/// domain's version stays, or every new mailbox would spoil an open edit form.
/// </summary>
public static class DomainCounters
{
    /// <returns>Empty when charged; the reasons when a limit is in the way; null when there is no such hosted domain.</returns>
    public static async Task<IReadOnlyList<Problem>?> ChargeAsync(this AdminDb db, long domainId, DomainCharge charge, CancellationToken ct)
    {
        var (mailboxes, aliases, quota, largest, hasUnlimited) = charge;
        var domain = db.Domains.Where(d => d.Id == domainId && d.Kind == DomainKind.Hosted);
        var room = domain;
        if (mailboxes > 0) room = room.Where(d => d.MailboxLimit == null || d.MailboxCount + mailboxes <= d.MailboxLimit);
        if (aliases > 0) room = room.Where(d => d.AliasLimit == null || d.AliasCount + aliases <= d.AliasLimit);
        if (quota > 0) room = room.Where(d => d.QuotaLimit == null || d.AllowsOvercommit || d.AllocatedQuota + quota <= d.QuotaLimit);
        if (largest is not null) room = room.Where(d => d.MailboxQuotaLimit == null || d.MailboxQuotaLimit >= largest);
        if (hasUnlimited) room = room.Where(d => d.QuotaLimit == null && d.MailboxQuotaLimit == null);

        var charged = await room.ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.MailboxCount, d => d.MailboxCount + mailboxes)
                .SetProperty(d => d.AliasCount, d => d.AliasCount + aliases)
                .SetProperty(d => d.AllocatedQuota, d => d.AllocatedQuota + quota),
            ct);
        if (charged == 1) return [];

        var full = await domain.AsNoTracking().FirstOrDefaultAsync(ct);
        return full is null ? null : ReasonsAgainst(full, charge);
    }

    /// <summary>Takes the domain's row lock and changes nothing; false when there is no such domain.</summary>
    public static async Task<bool> LockDomainAsync(this AdminDb db, long domainId, CancellationToken ct) =>
        await db.Domains.Where(d => d.Id == domainId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.MailboxCount, d => d.MailboxCount), ct) == 1;

    /// <summary>Which limits are in the way, by the counters that were read; empty where none is.</summary>
    public static IReadOnlyList<Problem> ReasonsAgainst(MailDomain domain, DomainCharge charge) => [.. CountReasons(domain, charge), .. QuotaReasons(domain, charge)];

    private static IEnumerable<Problem> CountReasons(MailDomain domain, DomainCharge charge)
    {
        if (charge.Mailboxes > 0 && domain.MailboxCount + charge.Mailboxes > domain.MailboxLimit)
            yield return new Problem("", "MailboxLimitReached", domain.Name.Unicode, domain.MailboxLimit);
        if (charge.Aliases > 0 && domain.AliasCount + charge.Aliases > domain.AliasLimit)
            yield return new Problem("", "AliasLimitReached", domain.Name.Unicode, domain.AliasLimit);
    }

    private static IEnumerable<Problem> QuotaReasons(MailDomain domain, DomainCharge charge)
    {
        if (charge.Largest > domain.MailboxQuotaLimit)
            yield return new Problem("Quota", "QuotaAboveLargest", domain.Name.Unicode, new ByteSize(domain.MailboxQuotaLimit.Value));
        if (charge.HasUnlimited && domain.MailboxQuotaLimit is { } largest)
            yield return new Problem("Quota", "QuotaNeededBelow", domain.Name.Unicode, new ByteSize(largest));
        else if (charge.HasUnlimited && domain.QuotaLimit is { } limit)
            yield return new Problem("Quota", "QuotaNeeded", domain.Name.Unicode, new ByteSize(limit));
        if (charge.Quota > 0 && !domain.AllowsOvercommit && domain.AllocatedQuota + charge.Quota > domain.QuotaLimit)
        {
            var left = Math.Max(0, domain.QuotaLimit.Value - domain.AllocatedQuota);
            yield return new Problem("Quota", "QuotaLimitReached", domain.Name.Unicode, new ByteSize(domain.QuotaLimit.Value), new ByteSize(left));
        }
    }
}
