using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>
/// Addresses that an owner made lead to the mailbox by its name. Before others may have that name they are switched off:
/// what a shop writes to the one who left is not for whoever comes next. Restored, the owner switches them on again.
/// </summary>
internal static class OwnAliasesOff
{
    /// <summary>In a transaction, under the lock of the item's domain, while its address is still its own.</summary>
    public static async Task SwitchOffOwnAliasesAsync(this AdminDb db, RecycledItem item, Actor actor, CancellationToken ct)
    {
        if (item is not { Kind: RecycledKind.Mailbox, AddressId: { } owner }) return;

        var name = item.Name;
        var aliases = await db.Aliases.Include(a => a.Entry).Where(a => a.OwnerAddressId == owner && a.Entry!.IsActive && a.Entry.Destinations.Any(d => d.Address == name)).ToListAsync(ct);
        foreach (var alias in aliases) db.SetActive("alias", alias.Entry!, alias, isActive: false, actor);
    }
}
