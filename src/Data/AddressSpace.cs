using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>Questions about the whole address space. The polite answers: the unique index gives the final one.</summary>
public static class AddressSpace
{
    /// <summary>The register's name for a domain's catch-all: no lookup key equals it.</summary>
    public static string CatchAllOf(DomainName domain) => $"@{domain.Value}";

    /// <summary>
    /// The addresses of one kind in a domain, for a list in order of address. Without the hint MariaDB looks up no more
    /// than the kind for the rows before a key, and walks past all that come after it.
    /// </summary>
    /// <param name="byId">For a list in the order in which they were added.</param>
    public static IQueryable<AddressEntry> AddressesOfDomain(this AdminDb db, long domainId, AddressKind kind, bool byId = false) =>
        db.Addresses.FromSqlRaw(byId
                ? "SELECT * FROM `addresses` FORCE INDEX (`IX_addresses_domain_id_kind_id`)"
                : "SELECT * FROM `addresses` FORCE INDEX (`IX_addresses_domain_id_kind_address`)")
            .Where(a => a.DomainId == domainId && a.Kind == kind);

    /// <summary>
    /// The addresses of one kind that the actor may see, for a list in order of address. The hint as above: of 200,000
    /// mailboxes, the 50 before one in the middle took 114,000 reads. With assigned domains the server chooses whether to
    /// start from them.
    /// </summary>
    /// <param name="byId">For a list in the order in which they were added.</param>
    public static IQueryable<AddressEntry> AddressesVisibleTo(this AdminDb db, Actor actor, AddressKind kind, bool byId = false)
    {
        var all = !actor.IsSuperadmin ? db.Addresses.VisibleTo(actor) : db.Addresses.FromSqlRaw(byId
            ? "SELECT * FROM `addresses` FORCE INDEX (`IX_addresses_kind_id`)"
            : "SELECT * FROM `addresses` FORCE INDEX (`IX_addresses_kind_address`)");
        return all.Where(a => a.Kind == kind);
    }

    /// <summary>What owns the address, in any state; null when nobody does.</summary>
    public static Task<AddressKind?> OwnerOfAsync(this AdminDb db, string address, CancellationToken ct) =>
        db.Addresses.Where(a => a.Address == address).Select(a => (AddressKind?)a.Kind).FirstOrDefaultAsync(ct);
}
