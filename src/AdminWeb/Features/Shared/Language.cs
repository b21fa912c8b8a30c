using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// The languages the panel is written in, and the cookie that chooses one; without it the browser's Accept-Language does.
/// Only words follow the language: numbers and dates are written and read the same in all.
/// </summary>
public static class Language
{
    private const string CookieName = "language";

    /// <summary>The first is the one whose wording is complete by definition. A language is added by its .resx files and a line here.</summary>
    public static readonly IReadOnlyList<CultureInfo> All = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("de")];

    /// <summary>What the cookie chose; null leaves it to the browser.</summary>
    public static string? Chosen(HttpRequest request) =>
        All.FirstOrDefault(l => l.Name == request.Cookies[CookieName])?.Name;

    /// <param name="name">Null leaves it to the browser again.</param>
    public static void Choose(HttpResponse response, string? name) => response.Keep(CookieName, name);

    /// <summary>Words are in this language until the answer is disposed: for what is written to somebody else than the one who asks.</summary>
    public static IDisposable Use(string name)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
        return new Restored(() => CultureInfo.CurrentUICulture = before);
    }

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
            new CustomRequestCultureProvider(context => Task.FromResult(Chosen(context.Request) is { } name ? new ProviderCultureResult(name) : null)),
            new AcceptLanguageHeaderRequestCultureProvider { Options = options },
        ];
        return options;
    }
}
