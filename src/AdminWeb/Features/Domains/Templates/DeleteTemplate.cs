using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>Deletes a template. Nothing hangs on it: domains that were made from it stay as they are. Superadmins only.</summary>
public sealed class DeleteTemplate(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        return await db.InTransactionAsync(
            async token =>
            {
                var template = await db.DomainTemplates.FirstOrDefaultAsync(t => t.Id == input.Id, token);
                if (template is null) return Outcome.NotFound<Saved>();

                db.DomainTemplates.Remove(template);
                db.Audit(actor, "template.delete", template.Name, null, before: new { template.Name, Form = TemplateForm.Read(template.Form) });
                return Outcome.Done(new Saved(template.Id, template.Name));
            },
            duplicate: null,
            ct);
    }
}
