using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>Chooses after how many months a key that signs is followed by another one, which waits for its record as any other does.</summary>
public sealed class SetDkimRotation(AdminDb db)
{
    /// <summary>Ten years.</summary>
    public const int MaxMonths = 120;

    public sealed record Input
    {
        /// <summary>Of a hosted or alias domain.</summary>
        public long DomainId { get; init; }

        /// <summary>Empty: never by itself.</summary>
        public string? Months { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var reading = new Reading();
        var months = reading.Count(nameof(Input.Months), input.Months);
        if (months is < 1 or > MaxMonths) reading.Add(new Problem(nameof(Input.Months), "DkimMonthsRange", MaxMonths));
        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.Domains.WithKeys(actor).AnyAsync(d => d.Id == input.DomainId, token) || !await db.LockDomainAsync(input.DomainId, token)) return Outcome.NotFound<Saved>();
                if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

                var domain = await db.Domains.SingleAsync(d => d.Id == input.DomainId, token);
                db.Audit(actor, $"{SetDomainActive.Noun(domain.Kind)}.set-dkim-rotation", domain.Name.Value, domain.Id, new { Months = domain.DkimRotationMonths }, new { Months = months });
                domain.DkimRotationMonths = months;
                db.MarkChanged(domain);
                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            duplicate: null,
            ct);
    }
}
