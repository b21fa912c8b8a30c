using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>Adds an alias domain: every address of its target domain also under this name. Superadmins only.</summary>
public sealed class CreateAliasDomain(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>Unicode or A-labels.</summary>
        public string? Name { get; init; }

        /// <summary>A hosted domain.</summary>
        public string? TargetName { get; init; }

        public bool IsActive { get; init; } = true;
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var name = reading.Domain(nameof(Input.Name), input.Name);
        var targetName = reading.Domain(nameof(Input.TargetName), input.TargetName);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        var (alias, hosted) = (name!.Value, targetName!.Value);
        reading.Add(await DomainTaken.OfAsync(db, nameof(Input.Name), alias, ct));
        var target = await db.Domains.Where(d => d.Name == hosted).Select(d => new { d.Id, d.Kind }).FirstOrDefaultAsync(ct);
        if (target is null or { Kind: DomainKind.Recycled }) reading.Add(new Problem(nameof(Input.TargetName), "DomainUnknown", hosted.Unicode));
        else if (target.Kind == DomainKind.Relay) reading.Add(new Problem(nameof(Input.TargetName), "TargetIsRelayDomain", hosted.Unicode));
        else if (target.Kind != DomainKind.Hosted) reading.Add(new Problem(nameof(Input.TargetName), "TargetIsAliasDomain", hosted.Unicode));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(target!.Id, token))
                    return Outcome.Refused<Saved>(new Problem(nameof(Input.TargetName), "DomainUnknown", hosted.Unicode));

                var domain = new MailDomain
                {
                    Name = alias, Kind = DomainKind.Alias, TargetId = target.Id, TargetKind = DomainKind.Hosted, IsActive = input.IsActive,
                };
                db.Domains.Add(domain);
                await db.SaveChangesAsync(token);
                db.Audit(actor, "alias-domain.create", alias.Value, domain.Id, after: new { Target = hosted.Value, input.IsActive });
                // Mail that left this server for the name stays here from now on, and must come to an end.
                if (await db.ForwardersProblemAsync(nameof(Input.Name), await db.ForwardersIntoAsync([alias.Value], token), actor, token) is { } endless) return Outcome.Refused<Saved>(endless);

                return Outcome.Done(new Saved(domain.Id, alias.Value));
            },
            new Problem(nameof(Input.Name), "DomainTakenJustNow", alias.Unicode),
            ct);
    }
}
