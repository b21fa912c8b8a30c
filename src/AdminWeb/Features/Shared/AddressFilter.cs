using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Addresses under the filter of a list.</summary>
internal static class AddressFilter
{
    /// <summary>The addresses that match all that the request is limited to.</summary>
    /// <param name="addresses">All of the same <paramref name="kind"/>.</param>
    /// <param name="isWalk">Whether they are walked in some order, not found by what they are limited to.</param>
    public static IQueryable<AddressEntry> Filtered(this IQueryable<AddressEntry> addresses, AdminDb db, Actor actor, AddressKind kind, PageRequest request, bool isWalk = true)
    {
        var now = db.UtcNow;
        addresses = addresses.Matching(db, kind, request).Only(db, actor, kind, request, isWalk);
        // A value for each domain, which the server keeps: asked whether one exists, it would begin with the tag.
        if (request.Tag is { } tag) addresses = addresses.Where(a => db.DomainTags.Where(t => t.DomainId == a.DomainId && t.Name == tag).Select(t => t.Name).FirstOrDefault() != null);
        return request.State switch
        {
            StateFilter.Active => addresses.InState(AddressState.Active, now),
            StateFilter.Inactive => addresses.InState(AddressState.Inactive, now),
            StateFilter.Scheduled => addresses.InState(AddressState.Scheduled, now),
            StateFilter.Expired => addresses.InState(AddressState.Expired, now),
            _ => addresses,
        };
    }

    /// <summary>
    /// Addresses that begin with the text, which an index answers; or that hold it anywhere: in themselves, in a
    /// mailbox's name, in an alias's comment, or in a destination. Each of these is one walk of its table, as a subquery
    /// that does not depend on the row (docs/decisions/0014), and made only for what can have such a text.
    /// </summary>
    /// <param name="forwarding">The ids of all addresses with such a destination, where they are known; null where their table is to be walked.</param>
    public static IQueryable<AddressEntry> Matching(
        this IQueryable<AddressEntry> addresses, AdminDb db, AddressKind kind, PageRequest request, IReadOnlyList<long>? forwarding = null)
    {
        if (request.Prefix is not { } text) return addresses;

        var address = Spelled(text);
        if (!request.IsInside) return addresses.Where(a => a.Address.StartsWith(address));

        if (kind == AddressKind.RelayRecipient) return addresses.Where(a => a.Address.Contains(address));

        var described = kind == AddressKind.Mailbox
            ? db.Mailboxes.Where(m => m.DisplayName!.Contains(text)).Select(m => m.AddressId)
            : db.Aliases.Where(m => m.Comment!.Contains(text)).Select(m => m.AddressId);
        if (forwarding is not null) return addresses.Where(a => a.Address.Contains(address) || described.Contains(a.Id) || forwarding.Contains(a.Id));

        var walked = db.Forwarding(address);
        return addresses.Where(a => a.Address.Contains(address) || described.Contains(a.Id) || walked.Contains(a.Id));
    }

    /// <summary>The ids of addresses that have a destination with this in it, one for each such destination.</summary>
    public static IQueryable<long> Forwarding(this AdminDb db, string address) => db.Destinations.Where(d => d.Address.Contains(address)).Select(d => d.AddressId);

    /// <summary>
    /// The first of some addresses, with all of their columns, in no order. The walk of a search reads ids and addresses
    /// alone, which its index holds: with the other columns it would fetch the row of every address it passes.
    /// </summary>
    public static IQueryable<AddressEntry> First(this AdminDb db, IQueryable<AddressEntry> ordered, PageRequest request, int count) =>
        request is { IsInside: true, Prefix: not null }
            ? ordered.Select(a => a.Id).Take(count).Join(db.Addresses, id => id, a => a.Id, (_, a) => a)
            : ordered.Take(count);

    /// <summary>A whole domain after the @ becomes its A-labels, as addresses are stored.</summary>
    public static string Spelled(string text)
    {
        var at = text.LastIndexOf('@');
        return at >= 0 && DomainName.TryParse(text[(at + 1)..], out var domain) ? $"{text[..at]}@{domain.Value}" : text;
    }
}
