using AdminPanel.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>The rows of a list: by the <see cref="ListShape"/> of the request, or by a query of its own where it has none.</summary>
/// <param name="parse">From the text of a request to a key of the list.</param>
/// <param name="build">A page, and one row more. It may look at the walks' kind and at the actor's, but at no value.</param>
internal sealed class ShapedList<TKey, TRow>(Func<string, (bool IsKey, TKey Key)> parse, Func<AdminDb, PageRequest, AddressWalks, DateTime, IQueryable<TRow>> build) where TKey : notnull
{
    /// <summary>An address or a domain name that nobody has (RFC 2606 section 2).</summary>
    private const string StandIn = "stand-in.invalid";

    private readonly ShapedQuery<ListShape, TKey, TRow> pages = new(
        parse(StandIn).Key, (db, shape, at) => build(db, shape.Request(StandIn), new AddressWalks(db, at.ActorOf(isSuperadmin: true), shape.IsOfDomain ? [at.Id] : null), at.Now));

    public async Task<List<TRow>> ReadAsync(AdminDb db, PageRequest request, AddressWalks walks, CancellationToken ct)
    {
        var (isKey, key) = parse(request.Place ?? StandIn);
        return isKey && ListShape.Of(request, walks) is { } shape
            ? await pages.Rows(db, shape, new(key, walks.DomainIds?[0] ?? 0, db.UtcNow)).ToListAsync(ct)
            : await build(db, request, walks, db.UtcNow).ToListAsync(ct);
    }
}
