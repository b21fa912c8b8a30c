using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Whether a domain's name is free, for every kind of domain.</summary>
internal static class DomainTaken
{
    /// <summary>The polite answer; the unique index gives the final one. Null where the name is free.</summary>
    public static async Task<Problem?> OfAsync(AdminDb db, string field, DomainName name, CancellationToken ct) =>
        await db.Domains.Where(d => d.Name == name).Select(d => (DomainKind?)d.Kind).FirstOrDefaultAsync(ct) switch
        {
            null => null,
            DomainKind.Recycled => new Problem(field, "DomainInBin", name.Unicode),
            _ => new Problem(field, "DomainTaken", name.Unicode),
        };
}
