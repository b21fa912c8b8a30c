using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Addresses under the filter of a list.</summary>
internal static class AddressFilter
{
    /// <summary>The addresses that match the request's text and are in its state.</summary>
    public static IQueryable<AddressEntry> Filtered(this IQueryable<AddressEntry> addresses, AdminDb db, PageRequest request)
    {
        var now = db.UtcNow;
        addresses = addresses.Matching(db, request);
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
    /// Addresses that begin with the text, which an index answers; or that hold it anywhere: in themselves, in the
    /// display name, in the comment, or in a destination. Each of these is one walk of its table, as a subquery that
    /// does not depend on the row (docs/decisions/0014).
    /// </summary>
    public static IQueryable<AddressEntry> Matching(this IQueryable<AddressEntry> addresses, AdminDb db, PageRequest request)
    {
        if (request.Prefix is not { } text) return addresses;

        var address = Spelled(text);
        if (!request.IsInside) return addresses.Where(a => a.Address.StartsWith(address));

        var named = db.Mailboxes.Where(m => m.DisplayName!.Contains(text)).Select(m => m.AddressId);
        var commented = db.Aliases.Where(m => m.Comment!.Contains(text)).Select(m => m.AddressId);
        var forwarding = db.Destinations.Where(d => d.Address.Contains(address)).Select(d => d.AddressId);
        return addresses.Where(a => a.Address.Contains(address) || named.Contains(a.Id) || commented.Contains(a.Id) || forwarding.Contains(a.Id));
    }

    /// <summary>A whole domain after the @ becomes its A-labels, as addresses are stored.</summary>
    public static string Spelled(string text)
    {
        var at = text.LastIndexOf('@');
        return at >= 0 && DomainName.TryParse(text[(at + 1)..], out var domain) ? $"{text[..at]}@{domain.Value}" : text;
    }
}
