using AdminPanel.Data;
using AdminPanel.Web.Features.Audit;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>How a page answers the outcome of an operation: the page translates, it does not decide.</summary>
public static class PageOutcome
{
    /// <summary>Redirect after POST; the next page says what was done.</summary>
    /// <param name="sentence">Has {0} where the name of the thing stands.</param>
    /// <param name="link">Where the name leads; null when the thing is gone.</param>
    /// <param name="next">The page to show.</param>
    public static IActionResult Saved(this PageModel page, string sentence, string name, string? link, string next)
    {
        StatusMessage.Naming(sentence, name, link).Keep(page.TempData);
        return page.LocalRedirect(next);
    }

    /// <summary>The form again, with every value but passwords, and each problem at its field.</summary>
    /// <param name="prefix">Property that the form is bound to; empty where its fields are the page's own.</param>
    public static PageResult Refused(this PageModel page, IReadOnlyList<Problem> problems, string prefix = "Input")
    {
        var words = page.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<ProblemText>>();
        foreach (var problem in problems)
        {
            var key = problem.Field.Length == 0 || prefix.Length == 0 ? problem.Field : $"{prefix}.{problem.Field}";
            page.ModelState.AddModelError(key, words[problem.Code, [.. problem.Args]]);
        }
        return page.Page();
    }

    /// <summary>What was typed, but for the fields that stay as they are stored: somebody saw both and said so (<see cref="StaleForm"/>).</summary>
    public static T Merged<T>(this PageModel page, T typed, T stored) where T : notnull
    {
        if (page.Request.Form[StaleForm.TheirsField] is not { Count: > 0 } names) return typed;

        // The lines of a list, too: "Input.Conditions[0].Value".
        foreach (var key in page.ModelState.Keys.Where(k => names.Any(n => k == $"Input.{n}" || k.StartsWith($"Input.{n}[", StringComparison.Ordinal))).ToList()) page.ModelState.Remove(key);
        return StaleForm.Merge(typed, stored, names);
    }

    /// <summary>Both versions of a form, and who made the other one.</summary>
    /// <param name="noun">What the thing is in the audit: "mailbox".</param>
    public static async Task<StaleForm> StaleAsync<T>(this PageModel page, T typed, T stored, string noun, string subject, CancellationToken ct) where T : notnull
    {
        var audit = page.HttpContext.RequestServices.GetRequiredService<AuditRows>();
        var last = await audit.LastAsync(noun, subject, page.HttpContext.Actor(), ct);
        return StaleForm.Of(page.Request.Form[StaleForm.OpenedField], typed, stored, last is null ? null : new Change(last.Actor, last.At));
    }

    /// <summary>
    /// The form again after somebody else saved first: it now carries the stored version, so that saving once more
    /// is a decision made in view of what is stored.
    /// </summary>
    /// <param name="versionField">Name of the hidden field, which would otherwise come back with the old version.</param>
    public static PageResult Conflict(this PageModel page, string versionField = "Input.Version")
    {
        var words = page.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<SharedText>>();
        page.ModelState.Remove(versionField);
        page.ModelState.AddModelError("", words["SomeoneChangedIt"]);
        return page.Page();
    }
}
