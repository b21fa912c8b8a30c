using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Appearance;

/// <summary>Takes the choice of light or dark, or of a language, from the menu of any page, and goes back there.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost(Theme theme, string? back)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(theme)) return NotFound();

        Response.SetTheme(theme);
        return Back(back);
    }

    /// <param name="language">A name of <see cref="Language.All"/>; empty leaves it to the browser.</param>
    public IActionResult OnPostLanguage(string? language, string? back)
    {
        if (!string.IsNullOrEmpty(language) && Language.All.All(l => l.Name != language)) return NotFound();

        Language.Choose(Response, string.IsNullOrEmpty(language) ? null : language);
        return Back(back);
    }

    private LocalRedirectResult Back(string? back) => LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
}
