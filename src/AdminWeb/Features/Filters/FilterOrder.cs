using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Filters;

internal static class FilterOrder
{
    /// <summary>As mail goes through them.</summary>
    public static IOrderedQueryable<MailboxFilter> InOrder(this IQueryable<MailboxFilter> filters) => filters.OrderBy(f => f.Position).ThenBy(f => f.Id);

    /// <summary>The rules of a mailbox, to be changed by whoever has the lock of its domain.</summary>
    public static Task<List<MailboxFilter>> FiltersAsync(this AdminDb db, long mailboxId, CancellationToken ct) =>
        db.MailboxFilters.Where(f => f.MailboxId == mailboxId).InOrder().ToListAsync(ct);
}
