using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Adds a relay domain without recipients: it takes no mail until it has some. Superadmins only.</summary>
public sealed class CreateRelayDomain(AdminDb db)
{
    public sealed record Input : RelayDomainInput
    {
        /// <summary>Unicode or A-labels.</summary>
        public string? Name { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var name = reading.Domain(nameof(Input.Name), input.Name);
        var choices = input.Read(reading);
        if (name is { } known) reading.Add(await DomainTaken.OfAsync(db, nameof(Input.Name), known, ct));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                var domain = new MailDomain { Name = name!.Value, Kind = DomainKind.Relay };
                choices.ApplyTo(domain);
                db.Domains.Add(domain);
                await db.SaveChangesAsync(token);
                db.Audit(actor, "relay-domain.create", domain.Name.Value, domain.Id, after: choices);
                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            new Problem(nameof(Input.Name), "DomainTakenJustNow", name!.Value.Unicode),
            ct);
    }
}
