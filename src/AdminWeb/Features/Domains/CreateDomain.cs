using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Adds a hosted domain. Superadmins, and domain admins up to their number of domains, who are assigned it.</summary>
public sealed class CreateDomain(AdminDb db)
{
    public sealed record Input : NewDomainInput
    {
        /// <summary>Unicode or A-labels.</summary>
        public string? Name { get; init; }

        /// <summary>
        /// The template that the form was filled from. It decides what owners may do, and the role addresses of a domain that
        /// a domain admin adds; for a superadmin what the form says of those holds.
        /// </summary>
        public long? TemplateId { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await IsAllowedAsync(db, actor, ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var name = reading.Domain(nameof(Input.Name), input.Name);
        var choices = input.Read(reading).For(actor, DomainChoices.Of(new MailDomain { Name = name ?? default }));
        var template = await TemplateAsync(input, reading, ct);
        var roles = ReadRoles(input, template, name, reading, actor);
        var owners = ReadOwners(template, reading);
        if (choices.PasswordMaxAgeDays is not null && owners?.Rights.HasFlag(OwnerRights.Password) == false) reading.Add(new Problem(nameof(Input.PasswordMaxAge), "PasswordAgeNeedsRight"));
        if (name is { } known) reading.Add(await DomainTaken.OfAsync(db, nameof(Input.Name), known, ct));
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
                owners?.ApplyTo(domain);
                db.Domains.Add(domain);
                await db.SaveChangesAsync(token);
                var reasons = roles.Roles.Count > 0 ? await db.ChargeAsync(domain.Id, new DomainCharge(Aliases: roles.Roles.Count), token) : [];
                if (reasons is not []) return Outcome.Refused<Saved>([.. reasons!.Select(r => r with { Field = nameof(Input.AliasLimit) })]);

                var aliases = roles.Roles.Select(r => roles.ToAlias(r, domain)).ToList();
                db.Aliases.AddRange(aliases);
                db.Audit(actor, "domain.create", domain.Name.Value, domain.Id, after: choices with { Roles = roles, SelfService = owners?.Said() });
                if (await db.ForwardProblemAsync(nameof(Input.RoleDestination), [.. aliases.Select(a => a.Entry!)], actor, token) is { } endless) return Outcome.Refused<Saved>(endless);

                return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
            },
            new Problem(nameof(Input.Name), "DomainTakenJustNow", name!.Value.Unicode),
            ct);
    }

    /// <summary>Null where the form was filled from none.</summary>
    private async Task<TemplateForm?> TemplateAsync(Input input, Reading reading, CancellationToken ct)
    {
        if (input.TemplateId is null) return null;

        var form = await db.DomainTemplates.Where(t => t.Id == input.TemplateId).Select(t => t.Form).FirstOrDefaultAsync(ct);
        // The domain would be without what the template promised.
        if (form is null) reading.Add(new Problem("", "TemplateGone"));
        return form is null ? null : TemplateForm.Read(form);
    }

    private static RoleChoices ReadRoles(Input input, TemplateForm? template, DomainName? name, Reading reading, Actor actor)
    {
        if (actor.IsSuperadmin) return input.ReadRoles(reading, name, isForNow: true);
        if (template is not { RoleDestination: not null }) return RoleChoices.None;

        // Nobody who adds a domain can mend a template: what no longer holds is left out.
        var own = new Reading();
        var choices = template.ReadRoles(own, name, isForNow: true);
        return own.HasProblems ? RoleChoices.None : choices;
    }

    // Nothing is left out of it: owners would be granted what the template did not mean to. The page has no fields for it.
    private static SelfServiceChoices? ReadOwners(TemplateForm? template, Reading reading)
    {
        if (template is null) return null;

        var own = new Reading();
        var choices = SelfServiceChoices.Read(template, own);
        foreach (var problem in own.Problems) reading.Add(problem with { Field = "" });
        return choices;
    }

    /// <summary>Whether the actor may add one more domain.</summary>
    internal static async Task<bool> IsAllowedAsync(AdminDb db, Actor actor, CancellationToken ct) =>
        actor.IsSuperadmin || await db.Accounts.AnyAsync(a => a.Id == actor.AccountId && a.Domains.Count < a.DomainLimit, ct);
}
