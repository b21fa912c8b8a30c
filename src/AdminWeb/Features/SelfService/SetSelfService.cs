using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Chooses what the owners of a domain's mailboxes do alone, and what is asked of them. Whoever may change the domain's limits.</summary>
public sealed class SetSelfService(AdminDb db)
{
    public sealed record Input : ISelfServiceInput
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }

        // A list of its own, and no array: the binder adds to what stands here, and passes over what it cannot add to.
        public IReadOnlyList<string> Rights { get; init; } = new List<string>();

        public bool NeedsSecondFactor { get; init; }

        public string? OwnAliasLimit { get; init; }

        public string? PasswordMinLength { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await Permitted(actor).AnyAsync(d => d.Id == input.Id, ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var choices = SelfServiceChoices.Read(input, reading);
        return reading.HasProblems ? Outcome.Refused<Saved>(reading.Problems) : await db.InTransactionAsync(token => SaveAsync(input, choices, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> SaveAsync(Input input, SelfServiceChoices choices, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(input.Id, ct) || await Permitted(actor).FirstOrDefaultAsync(d => d.Id == input.Id, ct) is not { } domain) return Outcome.NotFound<Saved>();
        if (domain.Version != input.Version) return Outcome.Conflict<Saved>(domain.Version);
        // An owner whose password is too old would have no way to change it.
        if (domain.PasswordMaxAgeDays is { } days && !choices.Rights.HasFlag(OwnerRights.Password)) return Outcome.Refused<Saved>(new Problem(nameof(Input.Rights), "PasswordRightNeeded", days));

        db.Audit(actor, "domain.set-self-service", domain.Name.Value, domain.Id, SelfServiceChoices.Of(domain).Said(), choices.Said());
        choices.ApplyTo(domain);
        db.MarkChanged(domain);
        return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
    }

    private IQueryable<MailDomain> Permitted(Actor actor) => db.Domains.PermittedTo(actor, DomainPermissions.Limits).Where(d => d.Kind == DomainKind.Hosted);
}
