namespace AdminPanel.Web.Features.Shared;

/// <summary>A choice of how the panel looks, kept in this browser for a year; no secret, but no script needs it either.</summary>
internal static class ChoiceCookie
{
    /// <param name="value">Null forgets the choice.</param>
    public static void Keep(this HttpResponse response, string name, string? value)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = response.HttpContext.Request.IsHttps,
        };
        if (value is null) response.Cookies.Delete(name, options);
        else response.Cookies.Append(name, value, options);
    }
}
