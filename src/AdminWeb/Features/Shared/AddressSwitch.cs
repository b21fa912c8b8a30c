using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Starting and stopping what owns an address. The address stays owned: mail to it is refused while it is stopped.</summary>
internal static class AddressSwitch
{
    /// <param name="noun">Of the audit: "mailbox".</param>
    /// <param name="owner">Under the lock of its domain, so that its version goes up.</param>
    public static void SetActive(this AdminDb db, string noun, AddressEntry entry, IVersioned owner, bool isActive, Actor actor)
    {
        db.Audit(actor, $"{noun}.set-active", entry.Address, entry.DomainId, new { entry.IsActive }, new { IsActive = isActive });
        entry.IsActive = isActive;
        db.MarkChanged(owner);
    }
}
