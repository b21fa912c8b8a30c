using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Lets a mailbox send as another address, or as every address of a domain. Both must be in the actor's scope.</summary>
public sealed class GrantSendAs(AdminDb db)
{
    /// <summary>More would be a group of people behind one password.</summary>
    private const int MaxCount = 100;

    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>"sales@example.org", or "@example.org" for all of that domain.</summary>
        public string? Sender { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).AnyAsync(m => m.Id == input.Id, ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        if (SendAsSender.Read(reading, nameof(Input.Sender), input.Sender) is not var (sender, name)) return Outcome.Refused<Saved>(reading.Problems);

        var domainId = await db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes).Where(d => d.Name == name).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
        if (domainId is null) return Outcome.Refused<Saved>(new Problem(nameof(Input.Sender), "DomainNotYours", name.Unicode));

        return await db.InTransactionAsync(
            token => InsertAsync(input.Id, sender, domainId.Value, actor, token),
            new Problem(nameof(Input.Sender), "SendAsThere", AddressText.Unicode(sender)),
            ct);
    }

    private async Task<Outcome<Saved>> InsertAsync(long id, string sender, long domainId, Actor actor, CancellationToken ct)
    {
        var mailbox = await db.LockMailboxAsync(id, actor, ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();

        var entry = mailbox.Entry!;
        if (sender == entry.Address) return Outcome.Refused<Saved>(new Problem(nameof(Input.Sender), "SendAsOwn", AddressText.Unicode(sender)));

        // A grant would outlive the deletion: whoever takes the address out of the bin knows nothing of it.
        if (await db.OwnerOfAsync(sender, ct) == AddressKind.Recycled) return Outcome.Refused<Saved>(new Problem(nameof(Input.Sender), "AddressInBin", AddressText.Unicode(sender)));

        var grants = db.SendAsGrants.Where(g => g.MailboxId == id);
        if (await grants.AnyAsync(g => g.Address == sender, ct)) return Outcome.Refused<Saved>(new Problem(nameof(Input.Sender), "SendAsThere", AddressText.Unicode(sender)));
        if (await grants.CountAsync(ct) >= MaxCount) return Outcome.Refused<Saved>(new Problem(nameof(Input.Sender), "TooManySendAs", MaxCount));

        db.SendAsGrants.Add(new SendAsGrant { MailboxId = id, Address = sender, DomainId = domainId });
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.grant-send-as", entry.Address, entry.DomainId, after: new { Sender = sender });
        return Outcome.Done(new Saved(id, entry.Address));
    }
}
