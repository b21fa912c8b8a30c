using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Appearance;

/// <summary>Takes the choice of light or dark from the menu of any page, the sign-in page too, and goes back there.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost(Theme theme, string? back)
    {
        if (!Enum.IsDefined(theme)) return NotFound();

        Response.SetTheme(theme);
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
