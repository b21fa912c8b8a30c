using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Addresses under the filter of a list.</summary>
internal static class AddressFilter
{
    /// <param name="now">UTC: what dates are compared with.</param>
    public static IQueryable<AddressEntry> Filtered(this IQueryable<AddressEntry> addresses, PageRequest request, DateTime now)
    {
        if (request.Prefix is { } prefix) addresses = addresses.Where(a => a.Address.StartsWith(prefix));
        return request.State switch
        {
            StateFilter.Active => addresses.InState(AddressState.Active, now),
            StateFilter.Inactive => addresses.InState(AddressState.Inactive, now),
            StateFilter.Scheduled => addresses.InState(AddressState.Scheduled, now),
            StateFilter.Expired => addresses.InState(AddressState.Expired, now),
            _ => addresses,
        };
    }
}
