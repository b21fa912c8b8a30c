using System.Linq.Expressions;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>A hosted domain in a list. Limits and default quota are null where there is none; sizes in bytes.</summary>
/// <param name="AliasCount">Aliases, the catch-all included.</param>
/// <param name="AllocatedQuota">Sum of the quotas given to its mailboxes, which is not what they use.</param>
public sealed record DomainRow(
    long Id,
    DomainName Name,
    string? Description,
    bool IsActive,
    bool RefusesMail,
    int MailboxCount,
    int? MailboxLimit,
    int AliasCount,
    int? AliasLimit,
    long AllocatedQuota,
    long? QuotaLimit,
    long? MailboxQuotaLimit,
    int AliasDomainCount,
    IReadOnlyList<string> Tags)
{
    /// <summary>Whether the actor may change its limits and tags.</summary>
    public bool MayChange { get; init; }

    /// <summary>Whether DNS records that mail needs were missing or wrong at the last look.</summary>
    public bool IsDnsWrong { get; init; }

    /// <summary>What its mailboxes store, as it was last counted; null where a list does not ask for it.</summary>
    public DomainUsed? Used { get; init; }
}

/// <summary>What the mailboxes of a domain store together, and when that was counted.</summary>
public sealed record DomainUsed(long Bytes, long Messages, DateTime CountedAt);

/// <summary>A hosted domain for its own pages.</summary>
/// <param name="Used">Null unless it was asked for.</param>
/// <param name="Allowed">What the actor may do in it.</param>
public sealed record DomainDetail(
    long Id,
    long Version,
    DomainName Name,
    string? Description,
    bool IsActive,
    bool RefusesMail,
    int MailboxCount,
    int? MailboxLimit,
    int AliasCount,
    int? AliasLimit,
    long AllocatedQuota,
    long? QuotaLimit,
    bool AllowsOvercommit,
    long? MailboxQuotaLimit,
    long? DefaultQuota,
    int? PasswordMaxAgeDays,
    string? WelcomeLanguage,
    string? WelcomeText,
    IReadOnlyList<string> Tags,
    DomainUsed? Used,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    IReadOnlyList<DomainName> AliasDomains,
    IReadOnlyList<string> Admins,
    IReadOnlyList<string> Roles,
    DomainPermissions Allowed)
{
    /// <summary>Bytes by which the quotas given out exceed the pool; 0 where they do not.</summary>
    public long Overcommitted => QuotaLimit is { } limit ? Math.Max(0, AllocatedQuota - limit) : 0;
}

/// <summary>Hosted domains to look at, in the actor's scope.</summary>
public sealed class DomainRows(AdminDb db)
{
    private static readonly ShapedList<DomainName, DomainRow> Pages = new(DomainKey.Parse, (db, request, walks, _) => Page(db, request, walks.Actor));

    // On every page of the list, so it is translated once.
    private static readonly Func<AdminDb, int, IAsyncEnumerable<string>> AllTags = EF.CompileAsyncQuery(
        (AdminDb db, int limit) => db.DomainTags.Select(t => t.Name).Distinct().OrderBy(t => t).Take(limit));

    private static Expression<Func<MailDomain, DomainRow>> Row(Actor actor) => d => new DomainRow(
        d.Id, d.Name, d.Description, d.IsActive, d.Transport == DomainTransport.Error, d.MailboxCount, d.MailboxLimit, d.AliasCount, d.AliasLimit, d.AllocatedQuota, d.QuotaLimit,
        d.MailboxQuotaLimit, d.AliasDomains.Count, d.Tags.OrderBy(t => t.Name).Select(t => t.Name).ToList())
    {
        MayChange = actor.IsSuperadmin || d.Admins.Any(g => g.AccountId == actor.AccountId && (g.Permissions & DomainPermissions.Limits) != 0),
        IsDnsWrong = d.IsActive && d.DnsCheck!.WrongCount > 0,
        Used = d.Usage == null ? null : new DomainUsed(d.Usage.Bytes, d.Usage.Messages, d.Usage.CountedAt),
    };

    /// <summary>In the request's order, each from an index of its own.</summary>
    public async Task<RowPage<DomainRow>> PageAsync(PageRequest request, Actor actor, CancellationToken ct)
    {
        var page = RowPage<DomainRow>.Of(await Pages.ReadAsync(db, request, new AddressWalks(db, actor, DomainIds: null), ct), request, r => Key(r, request.Sort), total: null);
        var anew = await db.CountOldUsagesAsync(page.Rows.Select(r => (r.Id, r.Used?.CountedAt)), ct);
        return page with { Rows = [.. page.Rows.Select(r => anew.GetValueOrDefault(r.Id) is { } sum ? r with { Used = Of(sum) } : r)] };
    }

    private static IQueryable<DomainRow> Page(AdminDb db, PageRequest request, Actor actor)
    {
        var domains = Filtered(db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Hosted), request);
        return Ordered(domains, request).Select(Row(actor)).Take(request.Count + 1);
    }

    /// <summary>Those under a list's filter.</summary>
    internal static IQueryable<MailDomain> Filtered(IQueryable<MailDomain> domains, PageRequest request)
    {
        if (request.Prefix is { } typed)
        {
            var name = DomainKey.Prefix(typed);
            domains = request.IsInside
                ? domains.Where(d => ((string)(object)d.Name).Contains(name) || d.Description!.Contains(typed))
                : domains.Where(d => ((string)(object)d.Name).StartsWith(name));
        }
        if (request.State != StateFilter.All)
        {
            var isActive = request.State == StateFilter.Active;
            domains = domains.Where(d => d.IsActive == isActive);
        }
        domains = request.Only switch
        {
            ListOnly.None => domains,
            ListOnly.OverPool => domains.Where(d => d.AllocatedQuota > d.QuotaLimit),
            ListOnly.Empty => domains.Where(d => d.MailboxCount == 0),
            ListOnly.DnsWrong => domains.WithWrongDns(),
            ListOnly.DkimWaiting => domains.WithKeysThat(DkimKeyState.Waiting),
            ListOnly.DkimRetired => domains.WithKeysThat(DkimKeyState.Retired),
            _ => domains.Where(_ => false),
        };
        if (request.Tag is { } tag) domains = domains.Where(d => d.Tags.Any(t => t.Name == tag));
        return domains;
    }

    private static IQueryable<MailDomain> Ordered(IQueryable<MailDomain> domains, PageRequest request) => request.Sort switch
    {
        ListSort.Mailboxes => domains.FromKey(d => d.MailboxCount, d => d.Id, request),
        ListSort.Aliases => domains.FromKey(d => d.AliasCount, d => d.Id, request),
        ListSort.Allocated => domains.FromKey(d => d.AllocatedQuota, d => d.Id, request),
        _ => domains.FromKey(d => d.Name, request, DomainKey.Parse),
    };

    private static string Key(DomainRow row, ListSort sort) => sort switch
    {
        ListSort.Mailboxes => RankKey.Of(row.MailboxCount, row.Id),
        ListSort.Aliases => RankKey.Of(row.AliasCount, row.Id),
        ListSort.Allocated => RankKey.Of(row.AllocatedQuota, row.Id),
        _ => row.Name.Value,
    };

    /// <summary>The tags of the domains that the actor sees, in order, for a choice; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync(Actor actor, CancellationToken ct, int limit = 30) => actor.IsSuperadmin
        ? await AllTags(db, limit).ToListAsync(ct)
        : await db.Domains.VisibleTo(actor).SelectMany(d => d.Tags).Select(t => t.Name).Distinct().OrderBy(t => t).Take(limit).ToListAsync(ct);

    private static DomainUsed Of(DomainUsage sum) => new(sum.Bytes, sum.Messages, sum.CountedAt);

    /// <summary>Null where there is no such hosted domain for this actor.</summary>
    public Task<DomainDetail?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        DetailAsync(db.Domains.Where(d => d.Id == id), actor, countsUsed: false, namesRoles: true, ct);

    /// <summary>Null where there is no such hosted domain for this actor.</summary>
    /// <param name="countsUsed">Whether to say what is stored: at most once a minute, that reads the usage of all its mailboxes.</param>
    /// <param name="namesRoles">Whether to name its role addresses and its admins.</param>
    public Task<DomainDetail?> FindAsync(DomainName name, Actor actor, CancellationToken ct, bool countsUsed = false, bool namesRoles = true) =>
        DetailAsync(db.Domains.Where(d => d.Name == name), actor, countsUsed, namesRoles, ct);

    /// <summary>One row of the list, for the head of a page about what is in it; null where there is no such hosted domain for this actor.</summary>
    public Task<DomainRow?> RowAsync(DomainName name, Actor actor, CancellationToken ct) =>
        RowAsync(db.Domains.VisibleTo(actor), name, actor, ct);

    /// <summary>The same, where the actor may at least one of these in it.</summary>
    public Task<DomainRow?> RowAsync(DomainName name, Actor actor, DomainPermissions anyOf, CancellationToken ct) =>
        RowAsync(db.Domains.PermittedTo(actor, anyOf), name, actor, ct);

    private static Task<DomainRow?> RowAsync(IQueryable<MailDomain> domains, DomainName name, Actor actor, CancellationToken ct) =>
        domains.Where(d => d.Name == name && d.Kind == DomainKind.Hosted).Select(Row(actor)).FirstOrDefaultAsync(ct);

    /// <summary>Whether the actor may add a domain now.</summary>
    public Task<bool> MayCreateAsync(Actor actor, CancellationToken ct) => CreateDomain.IsAllowedAsync(db, actor, ct);

    /// <summary>Names of all hosted domains in which the actor may at least one of these, or that it sees where none is named, in order, for a choice; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<DomainName>> NamesAsync(Actor actor, DomainPermissions anyOf, CancellationToken ct, int limit = 1000) =>
        await (anyOf == DomainPermissions.None ? db.Domains.VisibleTo(actor) : db.Domains.PermittedTo(actor, anyOf)).Where(d => d.Kind == DomainKind.Hosted).OrderBy(d => d.Name).Select(d => d.Name).Take(limit).ToListAsync(ct);

    /// <summary>Names of all domains that a domain admin can be assigned, in order; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<DomainName>> AssignableNamesAsync(Actor actor, int limit, CancellationToken ct) =>
        await db.Domains.VisibleTo(actor).Assignable().OrderBy(d => d.Name).Select(d => d.Name).Take(limit).ToListAsync(ct);

    /// <summary>Whether there is any hosted domain in which the actor may at least one of these.</summary>
    public Task<bool> AnyAsync(Actor actor, DomainPermissions anyOf, CancellationToken ct) => db.Domains.PermittedTo(actor, anyOf).AnyAsync(d => d.Kind == DomainKind.Hosted, ct);

    /// <summary>The role addresses of a domain that the actor has found, and the destination of the first.</summary>
    public async Task<(IReadOnlyList<string> Roles, string? Destination)> RolesAsync(DomainName domain, CancellationToken ct)
    {
        var found = await RoleAddressesOf(domain).Select(a => new { a.Address, To = a.Destinations.Min(x => x.Address) }).ToListAsync(ct);
        return ([.. RoleAddress.Names.Where(r => found.Any(f => f.Address == RoleChoices.AddressOf(r, domain)))], found.Select(f => f.To).FirstOrDefault());
    }

    private IQueryable<AddressEntry> RoleAddressesOf(DomainName domain)
    {
        IReadOnlyList<string> addresses = [.. RoleAddress.Names.Select(r => RoleChoices.AddressOf(r, domain))];
        return db.Addresses.Where(a => addresses.Contains(a.Address) && a.Alias!.IsRole);
    }

    private async Task<DomainDetail?> DetailAsync(IQueryable<MailDomain> domains, Actor actor, bool countsUsed, bool namesRoles, CancellationToken ct)
    {
        var found = await domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Hosted).Include(d => d.Usage).Include(d => d.Tags).AsNoTracking()
            .Select(d => new { Domain = d, Permissions = d.Admins.Where(g => g.AccountId == actor.AccountId).Select(g => g.Permissions).FirstOrDefault() }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var d = found.Domain;
        var aliasDomains = await db.Domains.Where(a => a.TargetId == d.Id).OrderBy(a => a.Name).Select(a => a.Name).ToListAsync(ct);
        var names = RoleAddressesOf(d.Name).Select(a => new Named { IsRole = true, Text = a.Address });
        // Accounts are the superadmins' business alone.
        if (actor.IsSuperadmin) names = names.Concat(db.DomainAdmins.Where(a => a.DomainId == d.Id).Select(a => new Named { IsRole = false, Text = a.Account!.Login! }));
        var named = (namesRoles ? await names.OrderBy(n => n.Text).ToListAsync(ct) : []).ToLookup(n => n.IsRole, n => n.Text);
        var used = countsUsed ? await db.CountUsageAsync(d.Id, d.Usage, ct) : null;
        return new DomainDetail(
            d.Id, d.Version, d.Name, d.Description, d.IsActive, d.RefusesMail, d.MailboxCount, d.MailboxLimit, d.AliasCount, d.AliasLimit,
            d.AllocatedQuota, d.QuotaLimit, d.AllowsOvercommit, d.MailboxQuotaLimit, d.DefaultQuota, d.PasswordMaxAgeDays, d.WelcomeLanguage, d.WelcomeText, [.. d.Tags.Select(t => t.Name).Order(StringComparer.Ordinal)],
            used is null ? null : Of(used), d.CreatedAt, d.UpdatedAt, aliasDomains, [.. named[false]], [.. named[true]],
            actor.IsSuperadmin ? DomainPermissions.All : found.Permissions);
    }

    // The texts of two lists in one command.
    private sealed record Named
    {
        public bool IsRole { get; init; }

        public string Text { get; init; } = "";
    }
}
