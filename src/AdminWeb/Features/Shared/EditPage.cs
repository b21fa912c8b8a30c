using AdminPanel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A page whose form changes something that is stored, and that shows both versions where somebody else saved first.</summary>
/// <typeparam name="TInput">The form, with the version of what it was filled from.</typeparam>
public abstract class EditPage<TInput> : PageModel
    where TInput : class, new()
{
    [BindProperty]
    public TInput Input { get; set; } = new();

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    /// <summary>What was typed, as <see cref="Stored"/> writes it.</summary>
    protected virtual TInput Typed => Input;

    /// <summary>The form with what is stored, which the page has loaded.</summary>
    protected abstract TInput Stored();

    protected PageResult Opened()
    {
        Input = Stored();
        return Page();
    }

    /// <param name="noun">What the thing is in the audit: "mailbox".</param>
    /// <param name="name">Which one, as the audit has it.</param>
    /// <param name="loadAsync">Loads what is stored now; false where it is gone.</param>
    /// <param name="saved">The next page.</param>
    protected async Task<IActionResult> AnswerAsync(Outcome<Saved> outcome, string noun, string name, Func<Task<bool>> loadAsync, Func<Saved, IActionResult> saved, CancellationToken ct)
    {
        if (outcome is Outcome<Saved>.Conflict && await loadAsync()) Stale = await this.StaleAsync(Typed, Stored(), noun, name, ct);
        return outcome.Match(
            saved,
            problems => this.Refused(problems),
            version =>
            {
                StaleForm.Renew(Input, version);
                return this.Conflict();
            },
            () => NotFound());
    }
}
