using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Appearance;

/// <summary>Takes the choice of light or dark, or of a language, from the menu of any page, and goes back there.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost([BindRequired] Theme theme, string? back)
    {
        Response.SetTheme(theme);
        return Back(back);
    }

    /// <summary>Of whoever is signed in it is kept with the account, and in the cookie for the page to sign in.</summary>
    /// <param name="language">A name of <see cref="Language.All"/>; empty leaves it to the browser.</param>
    public async Task<IActionResult> OnPostLanguageAsync([FromServices] ChooseLanguage chooseLanguage, string? language, string? back, CancellationToken ct)
    {
        var name = Language.Known(language);
        if (name is null && !string.IsNullOrEmpty(language)) return NotFound();

        if (User.Identity is { IsAuthenticated: true }) await chooseLanguage.RunAsync(new() { Name = name }, HttpContext.Actor(), ct);
        Language.Choose(Response, name);
        return Back(back);
    }

    private LocalRedirectResult Back(string? back) => LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
}
