using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A password that the panel made, on its way to the one page that shows it: in the encrypted TempData cookie, never in a URL or in the database.</summary>
public sealed record ShownOnce(string Name, string Secret)
{
    private const string Key = "ShownOnce";

    /// <summary>What the request before left, once; null when there is nothing.</summary>
    public static ShownOnce? Take(ITempDataDictionary data) => data[Key] is string[] { Length: 2 } parts ? new ShownOnce(parts[0], parts[1]) : null;

    /// <summary><see cref="PageOutcome.Saved"/>, and the generated password on the next page; a typed one is not shown again.</summary>
    public static IActionResult Saved(PageModel page, string sentence, SavedWithPassword saved, string name, string link)
    {
        if (saved.GeneratedPassword is { } secret) page.TempData[Key] = new[] { name, secret };
        return page.Saved(sentence, name, link, link);
    }
}
