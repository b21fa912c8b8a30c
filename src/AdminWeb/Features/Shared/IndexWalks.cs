using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using MariaDb.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// Rows in the order of an index that a list walks. Without the hint MariaDB looks up no more than the first column for
/// the rows before a key, and walks past all that come after it: of 200,000 mailboxes, the 50 before one in the middle
/// took 114,000 reads.
/// </summary>
internal static class IndexWalks
{
    /// <summary>The addresses of one kind in a domain, for a list in order of address.</summary>
    /// <param name="byId">For a list in the order in which they were added.</param>
    public static IQueryable<AddressEntry> AddressesOfDomain(this AdminDb db, long domainId, AddressKind kind, bool byId = false) =>
        db.Addresses.ForceIndex(byId ? "IX_addresses_domain_id_kind_id" : "IX_addresses_domain_id_kind_address")
            .Where(a => a.DomainId == domainId && a.Kind == kind);

    /// <summary>The addresses of one kind that the actor may see. With assigned domains the server chooses whether to start from them.</summary>
    /// <param name="byId">For a list in the order in which they were added.</param>
    public static IQueryable<AddressEntry> AddressesVisibleTo(this AdminDb db, Actor actor, AddressKind kind, bool byId = false)
    {
        var all = actor.IsSuperadmin ? db.Addresses.ForceIndex(byId ? "IX_addresses_kind_id" : "IX_addresses_kind_address") : db.Addresses.VisibleTo(actor);
        return all.Where(a => a.Kind == kind);
    }

    /// <summary>The figures of all mailboxes, in an order that they serve.</summary>
    public static IQueryable<MailboxFigures> FiguresBy(this AdminDb db, ListSort sort) =>
        db.MailboxFigures.ForceIndex(sort == ListSort.LastSignIn ? "IX_mailbox_figures_last_sign_in" : "IX_mailbox_figures_fullness");

    /// <summary>The same in one domain.</summary>
    public static IQueryable<MailboxFigures> FiguresOfDomain(this AdminDb db, long domainId, ListSort sort) =>
        db.MailboxFigures.ForceIndex(sort == ListSort.LastSignIn ? "IX_mailbox_figures_domain_id_last_sign_in" : "IX_mailbox_figures_domain_id_fullness")
            .Where(f => f.DomainId == domainId);
}
