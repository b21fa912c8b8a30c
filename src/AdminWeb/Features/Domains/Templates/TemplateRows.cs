using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>A template in a list, and for its own page.</summary>
public sealed record TemplateRow(long Id, long Version, string Name, TemplateForm Form, DateTime UpdatedAt);

/// <summary>Templates. Whoever may add a domain chooses one; superadmins manage them.</summary>
public sealed class TemplateRows(AdminDb db)
{
    /// <summary>All of them in order of name: people make them by hand.</summary>
    public async Task<IReadOnlyList<TemplateRow>> AllAsync(Actor actor, CancellationToken ct)
    {
        if (!await CreateDomain.IsAllowedAsync(db, actor, ct)) return [];

        var templates = await db.DomainTemplates.AsNoTracking().OrderBy(t => t.Name).ToListAsync(ct);
        return [.. templates.Select(t => new TemplateRow(t.Id, t.Version, t.Name, TemplateForm.Read(t.Form), t.UpdatedAt))];
    }

    /// <summary>Null where there is no such template, or the actor manages none.</summary>
    public async Task<TemplateRow?> FindAsync(long id, Actor actor, CancellationToken ct) => (await AllAsync(actor, ct)).FirstOrDefault(t => t.Id == id && actor.IsSuperadmin);
}
