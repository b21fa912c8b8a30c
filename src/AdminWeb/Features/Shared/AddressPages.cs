using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// Where a list of addresses walks: the whole index, or that of each of a few domains. A page is the first rows of each
/// walk, put in order, so it reads no more than it shows for each of them. Where a filter leaves few, nothing is walked:
/// they are found by it, and put in order.
/// </summary>
/// <param name="DomainIds">Null is the whole index, in the actor's scope.</param>
/// <param name="AreFew">Whether what the list is limited to finds few.</param>
internal sealed record AddressWalks(AdminDb Db, Actor Actor, IReadOnlyList<long>? DomainIds, bool AreFew = false)
{
    /// <summary>Up to here each domain is a walk of its own; whoever has more finds a page among all addresses.</summary>
    private const int FewDomains = 20;

    /// <summary>Whether a page is the rows of one walk, which is in order and no longer than a page and one more.</summary>
    public bool IsOne => DomainIds is null or [_];

    /// <param name="count">How many the domain has in all.</param>
    public static AddressWalks Of(AdminDb db, Actor actor, long domainId, int count, PageRequest request) =>
        new(db, actor, [domainId], count <= AddressMatches.Few || AddressMatches.AreUsuallyFew(request));

    /// <summary>Everything that the actor may see of a kind.</summary>
    public static async Task<AddressWalks> OfAsync(AdminDb db, Actor actor, AddressKind kind, PageRequest request, CancellationToken ct)
    {
        var areFew = await AddressMatches.AreFewAsync(db, actor, kind, request, ct);
        if (actor.IsSuperadmin) return new AddressWalks(db, actor, null, areFew);

        var domains = await db.Domains.PermittedTo(actor, Sees(kind)).Where(d => d.Kind == DomainKind.Hosted).Select(d => d.Id).Take(FewDomains + 1).ToListAsync(ct);
        return new AddressWalks(db, actor, domains.Count is 0 or > FewDomains ? null : domains, areFew);
    }

    /// <summary>A page, and one more, of addresses of a kind in order of address, or of being added; from the request's key, in no order.</summary>
    public IQueryable<AddressEntry> Page(AddressKind kind, PageRequest request)
    {
        var (byId, isWalk) = (request.Sort == ListSort.Added, IsWalk(request));
        IEnumerable<IQueryable<AddressEntry>> walks = !isWalk ? [Found(kind)]
            : DomainIds is null ? [Db.AddressesVisibleTo(Actor, kind, byId)]
            : DomainIds.Select(id => Db.AddressesOfDomain(id, kind, byId));
        return walks.Select(Walk).Aggregate(Queryable.Concat);

        IQueryable<AddressEntry> Walk(IQueryable<AddressEntry> addresses)
        {
            var filtered = addresses.Filtered(Db, Actor, kind, request, isWalk);
            return Db.First(request.Sort == ListSort.Added ? filtered.FromKey(a => a.Id, request) : filtered.FromKey(a => a.Address, request), request, request.Count + 1);
        }
    }

    /// <summary>The same of mailboxes in an order that <see cref="MailboxFigures"/> serve.</summary>
    public IQueryable<Ranked> RankedPage(PageRequest request)
    {
        var isWalk = IsWalk(request);
        IEnumerable<IQueryable<MailboxFigures>> walks = !isWalk ? [Visible(Db.MailboxFigures)]
            : DomainIds is null ? [Visible(Db.FiguresBy(request.Sort))]
            : DomainIds.Select(id => Db.FiguresOfDomain(id, request.Sort));
        return walks.Select(Walk).Aggregate(Queryable.Concat);

        IQueryable<Ranked> Walk(IQueryable<MailboxFigures> figures)
        {
            if (request.IsFiltered)
            {
                figures = figures.Only(request.Only, Db.UtcNow);
                var ids = Db.Addresses.Where(a => a.Kind == AddressKind.Mailbox).Filtered(Db, Actor, AddressKind.Mailbox, request, isWalk).Select(a => a.Id);
                // A lookup for each that is walked past: the server would rather begin with all that match.
                figures = isWalk ? figures.Where(f => ids.Where(id => id == f.AddressId).Select(id => (long?)id).FirstOrDefault() != null) : figures.Where(f => ids.Contains(f.AddressId));
            }
            return request.Sort == ListSort.LastSignIn
                ? figures.FromKey(f => f.LastSignIn, f => f.AddressId, request).Select(f => new Ranked { AddressId = f.AddressId, DomainId = f.DomainId, Rank = f.LastSignIn }).Take(request.Count + 1)
                : figures.FromKey(f => f.Fullness, f => f.AddressId, request).Select(f => new Ranked { AddressId = f.AddressId, DomainId = f.DomainId, Rank = f.Fullness }).Take(request.Count + 1);
        }
    }

    private bool IsWalk(PageRequest request) => !(AreFew && request.IsFiltered);

    private IQueryable<AddressEntry> Found(AddressKind kind)
    {
        var all = Db.Addresses.Where(a => a.Kind == kind);
        return DomainIds is { } ids ? all.Where(a => ids.Contains(a.DomainId)) : all.VisibleTo(Actor);
    }

    private IQueryable<MailboxFigures> Visible(IQueryable<MailboxFigures> figures)
    {
        if (DomainIds is { } ids) return figures.Where(f => ids.Contains(f.DomainId));
        if (Actor.IsSuperadmin) return figures;

        var visible = Db.Domains.PermittedTo(Actor, Sees(AddressKind.Mailbox));
        return figures.Where(f => visible.Any(d => d.Id == f.DomainId));
    }

    private static DomainPermissions Sees(AddressKind kind) => kind == AddressKind.Mailbox ? Visibility.SeesMailboxes : DomainPermissions.Aliases;
}

/// <summary>A mailbox and the number that a list is ordered by.</summary>
internal sealed record Ranked
{
    public long AddressId { get; init; }

    public long DomainId { get; init; }

    public long Rank { get; init; }
}
