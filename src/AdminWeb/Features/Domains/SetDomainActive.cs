using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>
/// Starts or stops everything in a domain of any kind: delivery, rewriting, sign-in; mail through an alias domain; mail
/// for a relay domain. Superadmins only.
/// </summary>
public sealed class SetDomainActive(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>What whoever asks takes it for; a domain of another kind is not found.</summary>
        public DomainKind Kind { get; init; }

        public bool IsActive { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(input.Id, token)) return Outcome.NotFound<Saved>();

                var domain = await db.Domains.FirstOrDefaultAsync(d => d.Id == input.Id && d.Kind == input.Kind, token);
                if (domain is null) return Outcome.NotFound<Saved>();

                db.Audit(actor, $"{Noun(domain.Kind)}.set-active", domain.Name.Value, domain.Id, new { domain.IsActive }, new { input.IsActive });
                domain.IsActive = input.IsActive;
                db.MarkChanged(domain);
                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            duplicate: null,
            ct);
    }

    /// <summary>What a domain is in the audit, so that a form which somebody else overtook can name who that was.</summary>
    internal static string Noun(DomainKind kind) => kind switch
    {
        DomainKind.Alias => "alias-domain",
        DomainKind.Relay => "relay-domain",
        _ => "domain",
    };
}
