using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Find;

/// <summary>An address that was found.</summary>
/// <param name="Note">Its display name or comment.</param>
/// <param name="Destination">The first of its destinations that holds the text; null where none does.</param>
public sealed record FoundAddress(string Address, AddressKind Kind, AddressState State, string? Note, string? Destination);

/// <summary>A domain that was found.</summary>
public sealed record FoundDomain(DomainName Name, DomainKind Kind, bool IsActive, string? Description);

/// <summary>What a search found, each kind up to its limit and one more.</summary>
public sealed record FoundThings(IReadOnlyList<FoundDomain> Domains, IReadOnlyList<FoundAddress> Addresses)
{
    public int Count => Domains.Count + Addresses.Count;
}

/// <summary>
/// Everything that has a text in its name, in the actor's scope: at the beginning, which indexes answer, in two
/// commands; or anywhere, which walks the tables, in three (docs/decisions/0014).
/// </summary>
public sealed class FoundRows(AdminDb db)
{
    /// <summary>Shown of each kind.</summary>
    public const int Shown = 10;

    private const int FewForwarding = 100;

    public async Task<FoundThings> FindAsync(PageRequest request, Actor actor, CancellationToken ct) =>
        request.Prefix is { } text
            ? new FoundThings(await DomainsAsync(text, request.IsInside, actor, ct), await AddressesAsync(text, request, actor, ct))
            : new FoundThings([], []);

    private async Task<IReadOnlyList<FoundDomain>> DomainsAsync(string text, bool isInside, Actor actor, CancellationToken ct)
    {
        var name = DomainKey.Prefix(text);
        // Whoever does not manage the recipients of a relay domain has nothing to see in it.
        var (visible, managed) = (db.Domains.VisibleTo(actor), db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes));
        return await Of(visible, DomainKind.Hosted).Concat(Of(visible, DomainKind.Alias)).Concat(Of(managed, DomainKind.Relay)).OrderBy(d => d.Name)
            .Select(d => new FoundDomain(d.Name, d.Kind, d.IsActive, d.Description)).ToListAsync(ct);

        IQueryable<MailDomain> Of(IQueryable<MailDomain> domains, DomainKind kind) => (isInside
            ? domains.Where(d => ((string)(object)d.Name).Contains(name) || d.Description!.Contains(text))
            : domains.Where(d => ((string)(object)d.Name).StartsWith(name))).Where(d => d.Kind == kind).OrderBy(d => d.Name).Take(Shown + 1);
    }

    private async Task<IReadOnlyList<FoundAddress>> AddressesAsync(string text, PageRequest request, Actor actor, CancellationToken ct)
    {
        var (now, address) = (db.UtcNow, AddressFilter.Spelled(text));
        var forwarding = request.IsInside ? await ForwardingAsync(address, ct) : null;
        var all = Of(AddressKind.Mailbox).Concat(Of(AddressKind.Alias)).Concat(Of(AddressKind.CatchAll)).Concat(Of(AddressKind.RelayRecipient));
        return await all.OrderBy(a => a.Address).Select(a => new FoundAddress(
            a.Address, a.Kind, AddressStates.At(now, a.IsActive, a.ActiveFrom, a.ActiveUntil, a.Domain!.IsActive),
            a.Kind == AddressKind.Mailbox ? a.Mailbox!.DisplayName : a.Alias!.Comment,
            db.Destinations.Where(d => d.AddressId == a.Id && d.Address.Contains(address)).Min(d => d.Address))).ToListAsync(ct);

        IQueryable<AddressEntry> Of(AddressKind kind) =>
            db.First(db.AddressesVisibleTo(actor, kind).Matching(db, kind, request, forwarding).OrderBy(a => a.Address), request, Shown + 1);
    }

    // One walk of all destinations and not one for each kind of address; where many match, each walk ends soon.
    private async Task<IReadOnlyList<long>?> ForwardingAsync(string address, CancellationToken ct)
    {
        var ids = await db.Forwarding(address).Take(FewForwarding + 1).ToListAsync(ct);
        return ids.Count <= FewForwarding ? [.. ids.Distinct()] : null;
    }
}
