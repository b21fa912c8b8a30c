using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Adds a hosted domain. Superadmins, and domain admins up to their number of domains, who are assigned it.</summary>
public sealed class CreateDomain(AdminDb db)
{
    public sealed record Input : DomainInput
    {
        /// <summary>Unicode or A-labels.</summary>
        public string? Name { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await IsAllowedAsync(db, actor, ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var name = reading.Domain(nameof(Input.Name), input.Name);
        var choices = input.Read(reading).For(actor, DomainChoices.Of(new MailDomain { Name = name ?? default }));
        if (name is { } known && await db.Domains.AnyAsync(d => d.Name == known, ct))
            reading.Add(new Problem(nameof(Input.Name), "DomainTaken", known.Unicode));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                // The account's lock: two requests at once cannot both be the last one. Its version: a form of this admin
                // that is open elsewhere would take the new domain away again.
                if (!actor.IsSuperadmin)
                    await db.Accounts.Where(a => a.Id == actor.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version + 1), token);
                if (!await IsAllowedAsync(db, actor, token)) return Outcome.NotFound<Saved>();

                var domain = new MailDomain { Name = name!.Value };
                if (!actor.IsSuperadmin) domain.Admins.Add(new DomainAdmin { AccountId = actor.AccountId!.Value });
                choices.ApplyTo(domain);
                db.Domains.Add(domain);
                await db.SaveChangesAsync(token);
                db.Audit(actor, "domain.create", domain.Name.Value, domain.Id, after: choices);
                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            new Problem(nameof(Input.Name), "DomainTakenJustNow", name!.Value.Unicode),
            ct);
    }

    /// <summary>Whether the actor may add one more domain.</summary>
    internal static async Task<bool> IsAllowedAsync(AdminDb db, Actor actor, CancellationToken ct) =>
        actor.IsSuperadmin || await db.Accounts.AnyAsync(a => a.Id == actor.AccountId && a.Domains.Count < a.DomainLimit, ct);
}
