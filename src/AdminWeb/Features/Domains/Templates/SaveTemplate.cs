using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>Adds a template, or changes one: domains that were made from it stay as they are. Superadmins only.</summary>
public sealed class SaveTemplate(AdminDb db)
{
    private const int MaxName = 64;

    public sealed record Input : TemplateInput
    {
        /// <summary>Null for a new one.</summary>
        public long? Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }

        /// <summary>What people choose it by.</summary>
        public string? Name { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var name = reading.Note(nameof(Input.Name), input.Name, MaxName);
        if (string.IsNullOrWhiteSpace(input.Name)) reading.Add(new Problem(nameof(Input.Name), "TemplateNameEmpty"));
        var choices = input.Read(reading);
        var owners = SelfServiceChoices.Read(input, reading);
        if (choices.PasswordMaxAgeDays is not null && !owners.Rights.HasFlag(OwnerRights.Password)) reading.Add(new Problem(nameof(Input.PasswordMaxAge), "PasswordAgeNeedsRight"));
        // Without a destination whoever adds a domain says one.
        input.ReadRoles(reading, domain: null, isForNow: false);
        if (name is not null && await db.DomainTemplates.AnyAsync(t => t.Name == name && t.Id != input.Id, ct)) reading.Add(new Problem(nameof(Input.Name), "TemplateNameTaken", name));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(token => SaveAsync(input, name!, actor, token), new Problem(nameof(Input.Name), "TemplateNameTaken", name!), ct);
    }

    private async Task<Outcome<Saved>> SaveAsync(Input input, string name, Actor actor, CancellationToken ct)
    {
        var form = new TemplateForm().FilledFromTemplate(input);
        var template = input.Id is { } id ? await db.DomainTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) : new DomainTemplate { Name = name, Form = form.Write() };
        if (template is null) return Outcome.NotFound<Saved>();
        if (input.Id is not null && template.Version != input.Version) return Outcome.Conflict<Saved>(template.Version);

        var before = input.Id is null ? null : new { template.Name, Form = TemplateForm.Read(template.Form) };
        (template.Name, template.Form) = (name, form.Write());
        if (input.Id is null) db.DomainTemplates.Add(template);
        else db.MarkChanged(template);
        db.Audit(actor, input.Id is null ? "template.create" : "template.update", name, null, before, new { Name = name, Form = form });
        await db.SaveChangesAsync(ct);
        return Outcome.Done(new Saved(template.Id, name));
    }
}
