namespace AdminPanel.Web.Features.SignIn;

/// <summary>What people call the program and the system that a User-Agent header names: "Firefox, Linux". Browsers say many names; the one that counts comes first here.</summary>
public static class BrowserName
{
    private static readonly (string Mark, string Name)[] Programs =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <returns>Null where neither is known.</returns>
    public static string? Of(string? userAgent)
    {
        string?[] parts = [Find(Programs, userAgent), Find(Systems, userAgent)];
        var known = string.Join(", ", parts.OfType<string>());
        return known.Length == 0 ? null : known;
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name;
}
