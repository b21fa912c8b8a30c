using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>Something in the recycle bin to look at.</summary>
/// <param name="Bytes">What it stored when it was deleted.</param>
/// <param name="Home">The directory of its mail; null for all but mailboxes.</param>
/// <param name="IsReserved">Whether nobody else can get its name.</param>
public sealed record RecycledItemRow(
    long Id, RecycledKind Kind, string Name, long Bytes, string? Home, int MailboxCount, int AliasCount, DateTime DeletedAt, string DeletedBy, bool IsReserved);

/// <summary>What is in the recycle bin on its own, in the actor's scope; what a domain took along is part of the domain.</summary>
public sealed class RecycledItemRows(AdminDb db)
{
    /// <summary>The word for it in audit entries and on the command line: "mailbox", "alias", "domain".</summary>
    public static string Noun(RecycledKind kind) => kind switch
    {
        RecycledKind.Mailbox => "mailbox",
        RecycledKind.Alias or RecycledKind.CatchAll => "alias",
        _ => "domain",
    };

    /// <summary>The newest first. Keys are ids; the filter is the beginning of a name, or "@example.org" for all that was in a domain.</summary>
    public Task<RowPage<RecycledItemRow>> PageAsync(PageRequest request, Actor actor, CancellationToken ct)
    {
        var items = db.RecycledItems.ManagedBy(actor);
        if (request.Prefix is { } prefix)
        {
            var domain = prefix[0] == '@' && DomainName.TryParse(prefix[1..], out var named) ? named : (DomainName?)null;
            items = items.Where(i => i.Name.StartsWith(prefix) || i.Domain!.Name == domain);
        }
        items = request.Only switch
        {
            ListOnly.None => items,
            ListOnly.Mailboxes => items.Where(i => i.Kind == RecycledKind.Mailbox),
            ListOnly.Aliases => items.Where(i => i.Kind == RecycledKind.Alias || i.Kind == RecycledKind.CatchAll),
            ListOnly.Domains => items.Where(i => i.Kind == RecycledKind.Domain),
            _ => items.Where(_ => false),
        };
        if (!request.IsLast && long.TryParse(request.After ?? request.Before, NumberStyles.None, CultureInfo.InvariantCulture, out var key))
            items = request.After is not null ? items.Where(i => i.Id < key) : items.Where(i => i.Id > key);
        items = request.IsBackward ? items.OrderBy(i => i.Id) : items.OrderByDescending(i => i.Id);
        return RowPage<RecycledItemRow>.OfAsync(Rows(items), request, r => r.Id.ToString(CultureInfo.InvariantCulture), total: null, ct);
    }

    /// <summary>Null where there is no such item for this actor.</summary>
    public Task<RecycledItemRow?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        Rows(db.RecycledItems.ManagedBy(actor).Where(i => i.Id == id)).FirstOrDefaultAsync(ct);

    /// <summary>What was deleted last under a name; null where there is none for this actor.</summary>
    /// <param name="noun">As <see cref="Noun"/> says it.</param>
    public async Task<RecycledItemRow?> FindAsync(string noun, string name, Actor actor, CancellationToken ct) =>
        (await Rows(db.RecycledItems.ManagedBy(actor).Where(i => i.Name == name).OrderByDescending(i => i.Id)).ToListAsync(ct)).Find(i => Noun(i.Kind) == noun);

    /// <summary>Who receives the mail to its address once that is released; null where mail is refused as before.</summary>
    public async Task<string?> NextOwnerAsync(RecycledItemRow item, CancellationToken ct) =>
        item is { IsReserved: true, Kind: not RecycledKind.Domain } ? await db.NextOwnerAsync(item.Name, ct) : null;

    /// <summary>Since when mail of purged mailboxes waits to be removed; null where none does. The host is the superadmins'.</summary>
    public async Task<DateTime?> MailWaitsSinceAsync(Actor actor, CancellationToken ct) =>
        actor.IsSuperadmin ? await db.Purges.OrderBy(p => p.Id).Select(p => (DateTime?)p.RequestedAt).FirstOrDefaultAsync(ct) : null;

    private static IQueryable<RecycledItemRow> Rows(IQueryable<RecycledItem> items) => items.Select(i => new RecycledItemRow(
        i.Id, i.Kind, i.Name, i.Bytes, i.Home, i.MailboxCount, i.AliasCount, i.DeletedAt, i.DeletedBy, i.AddressId != null || i.Kind == RecycledKind.Domain));
}
