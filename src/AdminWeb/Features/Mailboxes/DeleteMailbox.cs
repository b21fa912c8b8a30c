using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>What deleting a mailbox does: the page shows it, and the deletion runs only if it is still true.</summary>
/// <param name="Home">The directory below the mail root where its mail stays.</param>
/// <param name="Forwards">Its own destinations, which go with it.</param>
/// <param name="Forwarders">What forwards to it, and loses it until it is restored.</param>
public sealed record MailboxDeletion(
    long Id, string Address, string DomainName, string Home, IReadOnlyList<string> Forwards, Forwarders Forwarders)
{
    /// <summary>Goes into the form and comes back with it: another plan has another fingerprint.</summary>
    public string Fingerprint() => PlanFingerprint.Of(this);
}

/// <summary>Puts a mailbox into the recycle bin. Its mail stays on disk and its address reserved until it is restored, released or purged.</summary>
public sealed class DeleteMailbox(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary><see cref="MailboxDeletion.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would happen; null where there is no such mailbox for this actor.</summary>
    public Task<MailboxDeletion?> PlanAsync(long id, Actor actor, CancellationToken ct) =>
        PlanAsync(db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Where(m => m.Id == id), actor, ct);

    /// <summary>What would happen; null where there is no such mailbox for this actor.</summary>
    public Task<MailboxDeletion?> PlanAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        return PlanAsync(db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Where(m => m.Entry!.Address == value), actor, ct);
    }

    public Task<Outcome<MailboxDeletion>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => DeleteAsync(input, actor, token), duplicate: null, ct);

    private async Task<MailboxDeletion?> PlanAsync(IQueryable<Mailbox> one, Actor actor, CancellationToken ct)
    {
        var mailbox = await one.Select(m => new
        {
            m.Id,
            m.AddressId,
            m.Home,
            m.Entry!.Address,
            m.Entry.DomainId,
            Forwards = m.Entry.Destinations.OrderBy(d => d.Address).Select(d => d.Address).ToList(),
        }).FirstOrDefaultAsync(ct);
        if (mailbox is null) return null;

        var address = EmailAddress.Parse(mailbox.Address);
        var forwarders = await Forwarders.OfAsync(db, mailbox.AddressId, mailbox.Address, mailbox.DomainId, actor, ct);
        return new MailboxDeletion(mailbox.Id, mailbox.Address, address.Domain.Value, mailbox.Home, mailbox.Forwards, forwarders);
    }

    private async Task<Outcome<MailboxDeletion>> DeleteAsync(Input input, Actor actor, CancellationToken ct)
    {
        var mailbox = await db.LockMailboxAsync(input.Id, actor, ct);
        if (mailbox is null) return Outcome.NotFound<MailboxDeletion>();

        var plan = (await PlanAsync(input.Id, actor, ct))!;
        if (plan.Fingerprint() != input.Plan) return Outcome.Refused<MailboxDeletion>(new Problem("", "PlanChanged"));

        await db.RecycleAsync([mailbox.Entry!], actor, ct);
        return Outcome.Done(plan);
    }
}
