using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// The languages the panel is written in. One is chosen by the account that is signed in, else by a cookie, which is
/// what the page to sign in has; without both by the browser's Accept-Language.
/// Only words follow the language: numbers and dates are written and read the same in all.
/// </summary>
public static class Language
{
    private const string CookieName = "language";

    /// <summary>The first is the one whose wording is complete by definition. A language is added by its .resx files and a line here.</summary>
    public static readonly IReadOnlyList<CultureInfo> All = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("de")];

    /// <summary>What the account chose, else the cookie; null leaves it to the browser.</summary>
    public static string? Chosen(HttpContext context) => context.Features.Get<Account>()?.Language ?? Known(context.Request.Cookies[CookieName]);

    /// <summary>The name as <see cref="All"/> has it; null for any other.</summary>
    public static string? Known(string? name) => All.FirstOrDefault(l => l.Name == name)?.Name;

    /// <summary>Says whose request this is, once that is known.</summary>
    /// <param name="name">What the account chose; null where it leaves it to the browser.</param>
    public static void SetOfAccount(HttpContext context, string? name)
    {
        if (Known(name) is { } language) context.Features.Set(new Account(language));
    }

    /// <summary>From here on words are in the language of the account that is signed in. Behind authentication.</summary>
    public static IApplicationBuilder UseAccountLanguage(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        using (context.Features.Get<Account>() is { } account ? Use(account.Language) : null) await next(context);
    });

    /// <param name="name">Null leaves it to the browser again.</param>
    public static void Choose(HttpResponse response, string? name) => response.Keep(CookieName, name);

    /// <summary>Words are in this language until the answer is disposed: for what is written to somebody else than the one who asks.</summary>
    public static IDisposable Use(string name)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
        return new Restored(() => CultureInfo.CurrentUICulture = before);
    }

    private sealed record Account(string Language);

    private sealed class Restored(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }

    public static RequestLocalizationOptions Options()
    {
        var options = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, All[0]),
            SupportedCultures = [CultureInfo.InvariantCulture],
            SupportedUICultures = [.. All],
        };
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(context => Task.FromResult(Known(context.Request.Cookies[CookieName]) is { } name ? new ProviderCultureResult(name) : null)),
            new AcceptLanguageHeaderRequestCultureProvider { Options = options },
        ];
        return options;
    }
}
