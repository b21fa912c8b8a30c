using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Data.Recycling;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Mailboxes;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>How mailboxes and aliases are deleted, one or many: every door comes through here.</summary>
internal static class Recycling
{
    /// <summary>
    /// Puts them into the recycle bin, takes them off their domains' counters and writes it down. The caller holds the
    /// domains' locks; the bin does not count.
    /// </summary>
    /// <param name="entries">With their destinations, and the mailbox or the alias.</param>
    public static async Task RecycleAsync(this AdminDb db, IReadOnlyList<AddressEntry> entries, Actor actor, CancellationToken ct)
    {
        if (entries.Count == 0) return;

        foreach (var entry in entries) Audit(db, entry, actor);
        foreach (var domain in entries.GroupBy(e => e.DomainId))
        {
            var (mailboxes, quota) = (domain.Count(e => e.Mailbox is not null), domain.Sum(e => e.Mailbox?.QuotaBytes ?? 0));
            await db.ChargeAsync(domain.Key, new DomainCharge(Mailboxes: -mailboxes, Aliases: mailboxes - domain.Count(), Quota: -quota), ct);
        }
        await db.RecycleAddressesAsync([.. entries.Select(e => e.Id)], actor, ct);
    }

    private static void Audit(AdminDb db, AddressEntry entry, Actor actor)
    {
        if (entry.Mailbox is { } mailbox)
            db.Audit(actor, "mailbox.delete", entry.Address, entry.DomainId, before: new { State = MailboxState.Of(mailbox), mailbox.Home });
        else
            db.Audit(actor, "alias.delete", entry.Address, entry.DomainId, before: AliasState.Of(entry.Alias!));
    }
}
