using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>A template, or a new one under the id 0.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class TemplateModel(TemplateRows templates, SaveTemplate saveTemplate, DeleteTemplate deleteTemplate, IStringLocalizer<DomainsText> words) : EditPage<SaveTemplate.Input>
{
    /// <summary>Null for a new one.</summary>
    public TemplateRow? Template { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();

        Input = this.Merged(Input, Stored()) with { Id = Template?.Id };
        var outcome = await saveTemplate.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(
            outcome, "template", Template?.Name ?? "", () => LoadAsync(id, ct), saved => this.Saved(words["TemplateSaved"], saved.Name, Url.Page("Edit", new { id = saved.Id }), Url.Page("Index")!), ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, ct)) return NotFound();

        return (await deleteTemplate.RunAsync(new() { Id = id }, HttpContext.Actor(), ct)).Match(
            saved => this.Saved(words["TemplateDeleted"], saved.Name, null, Url.Page("Index")!),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    protected override SaveTemplate.Input Stored() => Template is { } stored ? new SaveTemplate.Input { Version = stored.Version, Name = stored.Name }.FilledFromTemplate(stored.Form) : new SaveTemplate.Input().FilledFromTemplate(new TemplateForm());

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (id == 0) return true;

        Template = await templates.FindAsync(id, HttpContext.Actor(), ct);
        return Template is not null;
    }
}
