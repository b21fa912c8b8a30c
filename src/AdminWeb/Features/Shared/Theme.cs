namespace AdminPanel.Web.Features.Shared;

/// <summary>Light, dark, or what the system says; kept in a cookie so that the server renders it and nothing flashes.</summary>
public enum Theme
{
    System,
    Light,
    Dark,
}

/// <summary>The cookie of the <see cref="Theme"/>.</summary>
public static class ThemeCookie
{
    public const string Name = "theme";

    public static Theme Theme(this HttpRequest request) =>
        request.Cookies[Name] switch
        {
            "light" => Shared.Theme.Light,
            "dark" => Shared.Theme.Dark,
            _ => Shared.Theme.System,
        };

    public static void SetTheme(this HttpResponse response, Theme theme) => response.Keep(Name, theme.ToString().ToLowerInvariant());
}
