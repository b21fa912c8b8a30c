using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>A mailbox at the head of a page about one thing of it.</summary>
/// <param name="AddressId">In the register.</param>
/// <param name="Allowed">What the actor may do in its domain.</param>
public sealed record MailboxHead(long Id, long AddressId, long DomainId, string Address, string DomainName, DateTime PasswordChangedAt, DomainPermissions Allowed)
{
    /// <summary>An address that nobody has (RFC 2606 section 2).</summary>
    internal const string StandIn = "stand-in.invalid";

    /// <summary>For a superadmin, or for somebody else: the id is of the account that asks.</summary>
    internal static readonly ShapedQuery<bool, string, MailboxHead> ByAddress = new(
        StandIn, (db, isSuperadmin, at) => Of(Visible(db, at.ActorOf(isSuperadmin), at.Key), at.ActorOf(isSuperadmin)));

    internal static IQueryable<Mailbox> Visible(AdminDb db, Actor actor, string address) => db.Mailboxes.VisibleTo(actor).Where(m => m.Entry!.Address == address);

    private static IQueryable<MailboxHead> Of(IQueryable<Mailbox> mailboxes, Actor actor) => mailboxes.Select(m => new MailboxHead(
        m.Id, m.AddressId, m.Entry!.DomainId, m.Entry.Address, m.Entry.Domain!.Name.Value, m.PasswordChangedAt,
        actor.IsSuperadmin ? DomainPermissions.All : m.Entry.Domain.Admins.Where(g => g.AccountId == actor.AccountId).Select(g => g.Permissions).FirstOrDefault())).Take(1);
}
