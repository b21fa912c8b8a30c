using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Takes recipients off a relay domain's list: mail to them is refused from then on.</summary>
public sealed class RemoveRelayRecipients(AdminDb db)
{
    public sealed record Input
    {
        public long DomainId { get; init; }

        /// <summary>Addresses or local parts, as <see cref="RecipientList"/> reads them.</summary>
        public string? Recipients { get; init; }
    }

    public async Task<Outcome<RecipientChange>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var domain = await db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes).Where(d => d.Id == input.DomainId && d.Kind == DomainKind.Relay)
            .Select(d => new { d.Id, d.Name }).FirstOrDefaultAsync(ct);
        if (domain is null) return Outcome.NotFound<RecipientChange>();

        var reading = new Reading();
        var named = RecipientList.Read(reading, nameof(Input.Recipients), input.Recipients, domain.Name);
        if (reading.HasProblems) return Outcome.Refused<RecipientChange>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(domain.Id, token)) return Outcome.NotFound<RecipientChange>();

                var recipients = db.Addresses.Where(a => a.DomainId == domain.Id && a.Kind == AddressKind.RelayRecipient && named.Contains(a.Address));
                var gone = await recipients.Select(a => a.Address).OrderBy(a => a).ToListAsync(token);
                await recipients.ExecuteDeleteAsync(token);
                await db.Domains.Where(d => d.Id == domain.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.MailboxCount, d => d.MailboxCount - gone.Count), token);
                if (gone.Count > 0) db.Audit(actor, "relay-domain.remove-recipients", domain.Name.Value, domain.Id, before: new { Recipients = gone });
                return Outcome.Done(new RecipientChange(domain.Name.Value, gone.Count, named.Count - gone.Count));
            },
            duplicate: null,
            ct);
    }
}
