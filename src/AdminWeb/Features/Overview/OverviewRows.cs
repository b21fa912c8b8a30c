using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Overview;

/// <summary>How much there is in somebody's scope. <paramref name="Allocated"/> in bytes.</summary>
public sealed record OverviewCounts(int Domains, int AliasDomains, int InactiveDomains, long Mailboxes, long Aliases, long Allocated);

/// <summary>What the overview shows.</summary>
public sealed class OverviewRows(AdminDb db)
{
    /// <summary>Sums of the domains' counters: one row a domain is read, and no mailbox.</summary>
    public async Task<OverviewCounts> CountsAsync(Actor actor, CancellationToken ct)
    {
        var kinds = await db.Domains.VisibleTo(actor).GroupBy(d => d.Kind)
            .Select(g => new
            {
                Kind = g.Key,
                Count = g.Count(),
                Active = g.Sum(d => d.IsActive ? 1 : 0),
                Mailboxes = g.Sum(d => (long)d.MailboxCount),
                Aliases = g.Sum(d => (long)d.AliasCount),
                Allocated = g.Sum(d => d.AllocatedQuota),
            })
            .ToListAsync(ct);
        var hosted = kinds.FirstOrDefault(k => k.Kind == DomainKind.Hosted);
        return new OverviewCounts(
            hosted?.Count ?? 0, kinds.FirstOrDefault(k => k.Kind == DomainKind.Alias)?.Count ?? 0, (hosted?.Count - hosted?.Active) ?? 0,
            hosted?.Mailboxes ?? 0, hosted?.Aliases ?? 0, hosted?.Allocated ?? 0);
    }
}
