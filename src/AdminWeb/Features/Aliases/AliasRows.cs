using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <param name="Address">"@example.org" for the catch-all.</param>
/// <param name="FirstDestination">The first in order of address, to be shown beside the count.</param>
public sealed record AliasRow(
    long Id, string Address, AddressKind Kind, AddressState State, string? Comment, int DestinationCount, string? FirstDestination, bool IsInternal, bool IsRole, bool IsGroup, DateTime CreatedAt);

/// <summary>An alias, or a catch-all, for its edit page.</summary>
/// <param name="Group">Null for what is no group.</param>
/// <param name="Owner">The mailbox whose owner made it; null for what an admin made, for a mailbox that the actor does not see, and after it has gone for good.</param>
/// <param name="ForwardedFrom">The first forwards and aliases, visible to the actor, that send mail here.</param>
/// <param name="AlsoReachedAs">The same local part at each active alias domain of its domain.</param>
public sealed record AliasDetail(
    long Id,
    long Version,
    string Address,
    AddressKind Kind,
    string DomainName,
    string? Comment,
    bool IsActive,
    AddressState State,
    ActivePeriod Period,
    bool IsInternal,
    bool MembersMaySend,
    bool IsRole,
    GroupSize? Group,
    string? Owner,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    IReadOnlyList<string> Destinations,
    IReadOnlyList<ForwarderRow> ForwardedFrom,
    IReadOnlyList<string> AlsoReachedAs);

/// <summary>Aliases to look at, in the actor's scope.</summary>
public sealed class AliasRows(AdminDb db)
{
    private static readonly ShapedList<string, Listed<AliasRow>> PagesOfDomain = new(address => (true, address), PageOfDomain);

    private static readonly ShapedList<string, Listed<AliasRow>> PagesOfWhole = new(address => (true, address), PageOfWhole);

    /// <summary>
    /// The aliases of one domain in the request's order; the catch-all stands before the first page. Null where there is
    /// no such hosted domain for this actor.
    /// </summary>
    public async Task<RowPage<AliasRow>?> OfDomainAsync(DomainName domain, PageRequest asked, Actor actor, CancellationToken ct) =>
        await DomainAsync(domain, actor, ct) is { } found ? await OfDomainAsync(found, asked, actor, ct) : null;

    /// <summary>The same of a domain that the actor has found.</summary>
    public async Task<RowPage<AliasRow>> OfDomainAsync(ListedDomain domain, PageRequest asked, Actor actor, CancellationToken ct)
    {
        var request = Sorted(asked);
        var walks = AddressWalks.Of(db, actor, domain.Id, domain.AliasCount, request);
        var rows = await PagesOfDomain.ReadAsync(db, request, walks, ct);
        var page = RowPage<AliasRow>.Of(rows, request, request.IsFiltered ? null : domain.AliasCount);
        if (page.HasPrevious) return page;

        var catchAll = AddressSpace.CatchAllOf(domain.Name);
        var first = await Rows(db.Addresses.Where(a => a.Address == catchAll).Filtered(db, actor, AddressKind.CatchAll, request), db.UtcNow).FirstOrDefaultAsync(ct);
        return first is null ? page : page with { Rows = [first.Row, .. page.Rows] };
    }

    /// <summary>Null where there is no such hosted domain whose aliases this actor manages.</summary>
    public Task<ListedDomain?> DomainAsync(DomainName name, Actor actor, CancellationToken ct) => ListedDomain.FindAsync(db, name, actor, DomainPermissions.Aliases, ct);

    /// <summary>All aliases and catch-alls the actor may see, in the request's order.</summary>
    public async Task<RowPage<AliasRow>> EverywhereAsync(PageRequest asked, Actor actor, CancellationToken ct)
    {
        var request = Sorted(asked);
        var walks = await AddressWalks.OfAsync(db, actor, AddressKind.Alias, request, ct);
        return RowPage<AliasRow>.Of(await PagesOfWhole.ReadAsync(db, request, walks, ct), request, total: null);
    }

    /// <summary>All destinations of some aliases of a page, by the alias's id, in order.</summary>
    public async Task<ILookup<long, string>> DestinationsAsync(IReadOnlyList<long> ids, CancellationToken ct) =>
        (await db.Destinations.Where(d => ids.Contains(d.Entry!.Alias!.Id)).OrderBy(d => d.Address).Select(d => new { d.Entry!.Alias!.Id, d.Address }).ToListAsync(ct))
            .ToLookup(d => d.Id, d => d.Address);

    /// <summary>What a group of this domain is now, whether there is one or not.</summary>
    public Task<GroupSize> GroupSizeAsync(long domainId, CancellationToken ct) => GroupSize.OfAsync(db, domainId, ct);

    /// <summary>What the groups of this domain are now; null where it has none to lose.</summary>
    public Task<GroupSize?> GroupsAsync(long domainId, CancellationToken ct) => GroupSize.OfGroupsAsync(db, domainId, ct);

    /// <summary>Null where there is no such alias for this actor.</summary>
    public Task<AliasDetail?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        DetailAsync(db.Aliases.VisibleTo(actor).Where(a => a.Id == id), actor, ct);

    /// <param name="address">In normal form: <see cref="EmailAddress.Value"/>, or "@domain" for a catch-all.</param>
    public Task<AliasDetail?> FindAsync(string address, Actor actor, CancellationToken ct) =>
        DetailAsync(db.Aliases.VisibleTo(actor).Where(a => a.Entry!.Address == address), actor, ct);

    private static PageRequest Sorted(PageRequest asked) => asked.Sort is ListSort.Name or ListSort.Added ? asked : asked with { Sort = ListSort.Name };

    private static IQueryable<Listed<AliasRow>> PageOfDomain(AdminDb db, PageRequest request, AddressWalks walks, DateTime now) =>
        Rows(Ordered(walks.Page(AddressKind.Alias, request), request), now);

    // Each kind walks its own range of the index and no further than a page; asked for both at once, the server would
    // sort them all, or walk past every mailbox.
    private static IQueryable<Listed<AliasRow>> PageOfWhole(AdminDb db, PageRequest request, AddressWalks walks, DateTime now) =>
        Rows(Ordered(walks.Page(AddressKind.Alias, request).Concat(walks.Page(AddressKind.CatchAll, request)), request), now).Take(request.Count + 1);

    private static IQueryable<AddressEntry> Ordered(IQueryable<AddressEntry> page, PageRequest request) =>
        request.Sort == ListSort.Added ? page.InOrder(a => a.Id, request) : page.InOrder(a => a.Address, request);

    private static IQueryable<Listed<AliasRow>> Rows(IQueryable<AddressEntry> entries, DateTime now) => entries.Select(a => new Listed<AliasRow>(
        new AliasRow(
            a.Alias!.Id, a.Address, a.Kind, AddressStates.At(now, a.IsActive, a.ActiveFrom, a.ActiveUntil, a.Domain!.IsActive), a.Alias.Comment,
            a.Destinations.Count, a.Destinations.Min(d => d.Address), a.IsInternal, a.Alias.IsRole, a.IsGroup, a.Alias.CreatedAt),
        a.Address, a.Id, 0));

    private async Task<AliasDetail?> DetailAsync(IQueryable<Alias> aliases, Actor actor, CancellationToken ct)
    {
        var alias = await aliases.AsNoTracking().Include(a => a.Entry).ThenInclude(e => e!.Destinations)
            .Include(a => a.Entry!.Domain).FirstOrDefaultAsync(ct);
        if (alias is null) return null;

        var entry = alias.Entry!;
        var reached = await ReachedFrom.OfAsync(db, entry, actor, ct);
        return new AliasDetail(
            alias.Id, alias.Version, entry.Address, alias.Kind, entry.Domain!.Name.Value, alias.Comment, entry.IsActive,
            AddressStates.At(db.UtcNow, entry.IsActive, entry.ActiveFrom, entry.ActiveUntil, entry.Domain.IsActive), new ActivePeriod(entry.ActiveFrom, entry.ActiveUntil),
            entry.IsInternal, entry.MembersMaySend, alias.IsRole, entry.IsGroup ? await GroupSize.OfAsync(db, entry.DomainId, ct) : null,
            alias.OwnerAddressId is { } owner ? await db.Addresses.VisibleTo(actor).Where(a => a.Id == owner).Select(a => a.Address).FirstOrDefaultAsync(ct) : null, alias.CreatedAt, alias.UpdatedAt,
            [.. entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)], reached.ForwardedFrom, reached.AlsoReachedAs);
    }
}
