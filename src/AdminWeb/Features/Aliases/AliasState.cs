using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>An alias in an audit entry.</summary>
internal sealed record AliasState(IReadOnlyList<string> Destinations, string? Comment, bool IsActive, DateTime? ActiveFrom, DateTime? ActiveUntil,
    bool IsInternal, bool MembersMaySend, bool IsGroup)
{
    public static AliasState Of(Alias alias) =>
        new([.. alias.Entry!.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)], alias.Comment, alias.Entry.IsActive,
            alias.Entry.ActiveFrom, alias.Entry.ActiveUntil, alias.Entry.IsInternal, alias.Entry.MembersMaySend, alias.Entry.IsGroup);
}

internal static class AliasLock
{
    /// <summary>The alias with its address and destinations, after taking its domain's lock; null where there is none in the actor's scope.</summary>
    public static async Task<Alias?> LockAliasAsync(this AdminDb db, long id, Actor actor, CancellationToken ct)
    {
        var domainId = await db.Aliases.VisibleTo(actor).Where(a => a.Id == id).Select(a => (long?)a.Entry!.DomainId).FirstOrDefaultAsync(ct);
        if (domainId is null || !await db.LockDomainAsync(domainId.Value, ct)) return null;

        return await db.Aliases.VisibleTo(actor).Include(a => a.Entry).ThenInclude(e => e!.Destinations).FirstOrDefaultAsync(a => a.Id == id, ct);
    }
}
