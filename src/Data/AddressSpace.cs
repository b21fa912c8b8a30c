using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>Questions about the whole address space. The polite answers: the unique index gives the final one.</summary>
public static class AddressSpace
{
    /// <summary>The register's name for a domain's catch-all: no lookup key equals it.</summary>
    public static string CatchAllOf(DomainName domain) => $"@{domain.Value}";

    /// <summary>What owns the address, in any state; null when nobody does.</summary>
    public static Task<AddressKind?> OwnerOfAsync(this AdminDb db, string address, CancellationToken ct) =>
        db.Addresses.Where(a => a.Address == address).Select(a => (AddressKind?)a.Kind).FirstOrDefaultAsync(ct);
}
