using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Changes where a relay domain's mail goes, how many recipients it may have, its description and state. Superadmins only.</summary>
public sealed class UpdateRelayDomain(AdminDb db)
{
    public sealed record Input : RelayDomainInput
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var choices = input.Read(reading);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(input.Id, token)) return Outcome.NotFound<Saved>();

                var domain = await db.Domains.FirstOrDefaultAsync(d => d.Id == input.Id && d.Kind == DomainKind.Relay, token);
                if (domain is null) return Outcome.NotFound<Saved>();
                if (domain.Version != input.Version) return Outcome.Conflict<Saved>(domain.Version);
                if (choices.RecipientLimit < domain.MailboxCount)
                    return Outcome.Refused<Saved>(new Problem(nameof(Input.RecipientLimit), "RecipientLimitBelowCount", domain.MailboxCount));

                db.Audit(actor, "relay-domain.update", domain.Name.Value, domain.Id, RelayDomainChoices.Of(domain), choices);
                choices.ApplyTo(domain);
                db.MarkChanged(domain);
                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            duplicate: null,
            ct);
    }
}
