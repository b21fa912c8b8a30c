using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>
/// What a change adds to a domain's counters, or takes off them. <see cref="Quota"/> in bytes;
/// <see cref="HasUnlimited"/> when a mailbox is to have no quota, which no sum can hold.
/// </summary>
public readonly record struct DomainCharge(int Mailboxes = 0, int Aliases = 0, long Quota = 0, bool HasUnlimited = false);

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
        var (mailboxes, aliases, quota, hasUnlimited) = charge;
        var domain = db.Domains.Where(d => d.Id == domainId && d.Kind == DomainKind.Hosted);
        var room = domain;
        if (mailboxes > 0) room = room.Where(d => d.MailboxLimit == null || d.MailboxCount + mailboxes <= d.MailboxLimit);
        if (aliases > 0) room = room.Where(d => d.AliasLimit == null || d.AliasCount + aliases <= d.AliasLimit);
        if (quota > 0) room = room.Where(d => d.QuotaLimit == null || d.AllocatedQuota + quota <= d.QuotaLimit);
        if (hasUnlimited) room = room.Where(d => d.QuotaLimit == null);

        var charged = await room.ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.MailboxCount, d => d.MailboxCount + mailboxes)
                .SetProperty(d => d.AliasCount, d => d.AliasCount + aliases)
                .SetProperty(d => d.AllocatedQuota, d => d.AllocatedQuota + quota),
            ct);
        if (charged == 1) return [];

        var full = await domain.AsNoTracking().FirstOrDefaultAsync(ct);
        return full is null ? null : Reasons(full, charge);
    }

    /// <summary>Takes the domain's row lock and changes nothing; false when there is no such domain.</summary>
    public static async Task<bool> LockDomainAsync(this AdminDb db, long domainId, CancellationToken ct) =>
        await db.Domains.Where(d => d.Id == domainId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.MailboxCount, d => d.MailboxCount), ct) == 1;

    private static List<Problem> Reasons(MailDomain domain, DomainCharge charge)
    {
        var reasons = new List<Problem>();
        if (charge.Mailboxes > 0 && domain.MailboxCount + charge.Mailboxes > domain.MailboxLimit)
            reasons.Add(new Problem("", "MailboxLimitReached", domain.Name.Unicode, domain.MailboxLimit));
        if (charge.Aliases > 0 && domain.AliasCount + charge.Aliases > domain.AliasLimit)
            reasons.Add(new Problem("", "AliasLimitReached", domain.Name.Unicode, domain.AliasLimit));
        if (charge.HasUnlimited && domain.QuotaLimit is { } limit)
            reasons.Add(new Problem("Quota", "QuotaNeeded", domain.Name.Unicode, new ByteSize(limit)));
        if (charge.Quota > 0 && domain.AllocatedQuota + charge.Quota > domain.QuotaLimit)
        {
            var left = Math.Max(0, domain.QuotaLimit.Value - domain.AllocatedQuota);
            reasons.Add(new Problem("Quota", "QuotaLimitReached", domain.Name.Unicode, new ByteSize(domain.QuotaLimit.Value), new ByteSize(left)));
        }
        return reasons;
    }
}
