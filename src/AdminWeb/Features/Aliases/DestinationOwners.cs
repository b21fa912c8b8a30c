using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>A destination, and who owns it now, in any state: found as in virtual_alias_maps.</summary>
internal sealed record OwnedDestination
{
    /// <summary>Of whoever has the destination, in the register.</summary>
    public long FromId { get; init; }

    public string Address { get; init; } = "";

    /// <summary>Null: its domain is not ours.</summary>
    public long? DomainId { get; init; }

    /// <summary>Of an alias domain.</summary>
    public long? TargetId { get; init; }

    /// <summary>In the register. Null: nobody has it.</summary>
    public long? OwnerId { get; init; }
}

/// <summary>
/// Who leads to an address. It can be written with an extension and at every alias domain of its domain; what is written
/// so and has an owner of its own leads to that one.
/// </summary>
internal static class DestinationOwners
{
    /// <summary>Of all destinations, which is all of them to be read: ask for addresses or domains.</summary>
    public static IQueryable<OwnedDestination> OwnedDestinations(this AdminDb db) => db.Database.SqlQueryRaw<OwnedDestination>(AddressGraphSql.Destinations);

    /// <summary>The destinations that lead to one address of the register, however they are written.</summary>
    /// <param name="address">"@domain" for a catch-all: it has what nobody owns.</param>
    /// <param name="aliasDomains">Of its domain.</param>
    public static IQueryable<OwnedDestination> LeadingTo(this AdminDb db, long id, string address, long domainId, IEnumerable<DomainName> aliasDomains)
    {
        var owned = db.OwnedDestinations().Where(x => x.OwnerId == id);
        if (address[0] == '@') return owned.Where(x => x.DomainId == domainId || x.TargetId == domainId);

        var localPart = address[..address.LastIndexOf('@')];
        // Whichever delimiter it is: the owner was found by the one that counts, and this names a part of the index.
        if (RecipientDelimiter.Signs.Select(sign => localPart + sign).ToArray() is not [var one, var two, var three]) throw new InvalidOperationException("A delimiter is missing here.");

        IReadOnlyList<string> spellings = [address, .. aliasDomains.Select(d => $"{localPart}@{d.Value}")];
        return owned.Where(x => spellings.Contains(x.Address) || x.Address.StartsWith(one) || x.Address.StartsWith(two) || x.Address.StartsWith(three));
    }

    /// <summary>The same, after asking for the alias domains.</summary>
    public static async Task<IQueryable<OwnedDestination>> LeadingToAsync(this AdminDb db, long id, string address, long domainId, CancellationToken ct) =>
        db.LeadingTo(id, address, domainId, await db.Domains.Where(d => d.TargetId == domainId).Select(d => d.Name).ToListAsync(ct));
}
