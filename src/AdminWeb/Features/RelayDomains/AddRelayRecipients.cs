using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>What became of a list of recipients.</summary>
/// <param name="Changed">Added, or removed.</param>
/// <param name="Unchanged">Those that were there before, or were not there.</param>
public sealed record RecipientChange(string DomainName, int Changed, int Unchanged);

/// <summary>Adds recipients to a relay domain's list: all of them, or none. Those that are on it already stay as they are.</summary>
public sealed class AddRelayRecipients(AdminDb db)
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
        var wanted = RecipientList.Read(reading, nameof(Input.Recipients), input.Recipients, domain.Name);
        if (reading.HasProblems) return Outcome.Refused<RecipientChange>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(domain.Id, token)) return Outcome.NotFound<RecipientChange>();

                var present = await db.Addresses.Where(a => wanted.Contains(a.Address)).Select(a => new { a.Address, a.Kind }).ToListAsync(token);
                if (present.FirstOrDefault(p => p.Kind != AddressKind.RelayRecipient) is { } owner)
                    return Outcome.Refused<RecipientChange>(new Problem(nameof(Input.Recipients), AddressTaken.Code(owner.Kind), owner.Address));

                var there = present.Select(p => p.Address).ToHashSet(StringComparer.Ordinal);
                var added = wanted.Where(a => !there.Contains(a)).ToList();
                if (!await ChargeAsync(domain.Id, added.Count, token))
                    return Outcome.Refused<RecipientChange>(new Problem(nameof(Input.Recipients), "RecipientLimitReached", domain.Name.Unicode));

                db.Addresses.AddRange(added.Select(a => new AddressEntry { Address = a, DomainId = domain.Id, Kind = AddressKind.RelayRecipient }));
                if (added.Count > 0) db.Audit(actor, "relay-domain.add-recipients", domain.Name.Value, domain.Id, after: new { Recipients = added });
                return Outcome.Done(new RecipientChange(domain.Name.Value, added.Count, there.Count));
            },
            new Problem(nameof(Input.Recipients), "RecipientsTakenJustNow"),
            ct);
    }

    private async Task<bool> ChargeAsync(long domainId, int count, CancellationToken ct) =>
        await db.Domains.Where(d => d.Id == domainId && (d.MailboxLimit == null || d.MailboxCount + count <= d.MailboxLimit))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.MailboxCount, d => d.MailboxCount + count), ct) == 1;
}
