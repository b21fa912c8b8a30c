using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Import;

/// <summary>What would become of each line, before anything is added; and the button that starts it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ShowModel(ImportRows imports, StartImport startImport, DiscardImport discardImport, IStringLocalizer<ImportText> words, IStringLocalizer<ProblemText> problems) : PageModel
{
    [BindProperty]
    public StartImport.Input Input { get; set; } = new();

    public ImportDetail Import { get; private set; } = null!;

    public ImportPage Lines { get; private set; } = null!;

    public bool OnlyRefused { get; private set; }

    public int After { get; private set; }

    /// <param name="lines">"refused": only lines that are left out.</param>
    /// <param name="after">The last block of the page before.</param>
    public async Task<IActionResult> OnGetAsync(long id, string? lines, int after, CancellationToken ct) => await LoadAsync(id, lines, after, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        var outcome = await startImport.RunAsync(Input with { Id = id }, HttpContext.Actor(), ct);
        // The form that comes back is about the plan as it is now.
        if (outcome is not Outcome<Saved>.Done && !await LoadAsync(id, null, 0, ct)) return NotFound();

        ModelState.Remove("Input.Version");
        return outcome.Match<IActionResult>(
            saved => this.Saved(words["Started"], saved.Name, null, Url.Page("/Jobs/Show", new { id = saved.Id })!),
            reasons => this.Refused(reasons),
            _ => this.Conflict(),
            NotFound);
    }

    public async Task<IActionResult> OnPostDiscardAsync(long id, CancellationToken ct) =>
        (await discardImport.RunAsync(new DiscardImport.Input { Id = id }, HttpContext.Actor(), ct)).Match<IActionResult>(
            _ => this.Saved(words["Discarded"], "", null, Url.Page("/Mailboxes/Index")!),
            _ => NotFound(),
            _ => NotFound(),
            NotFound);

    public string Sentence(KeptProblem problem) => problems[problem.Code, [.. problem.Args]];

    private async Task<bool> LoadAsync(long id, string? lines, int after, CancellationToken ct)
    {
        if (await imports.FindAsync(id, HttpContext.Actor(), ct) is not { } found) return false;

        (Import, OnlyRefused, After) = (found, lines == "refused", after);
        Lines = await imports.LinesAsync(id, after, OnlyRefused, ct);
        Input = new StartImport.Input { Id = id, Version = found.Version };
        return true;
    }
}
