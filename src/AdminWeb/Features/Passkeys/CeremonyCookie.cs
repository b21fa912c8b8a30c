using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>Keeps what was asked of a passkey with the browser that asked: an answer from another one is none.</summary>
public sealed class CeremonyCookie(PanelSettings settings)
{
    private string Name => settings.IsSecure ? "__Host-passkey" : "adminpanel-passkey";

    /// <returns>What the browser is asked.</returns>
    public string Keep(HttpContext context, StartedCeremony started)
    {
        context.Response.Cookies.Append(Name, started.Sealed, Options(CeremonySeal.Lasts));
        return started.Options;
    }

    /// <summary>Once: the browser forgets it with the answer.</summary>
    public string? Take(HttpContext context)
    {
        var kept = context.Request.Cookies[Name];
        if (kept is not null) context.Response.Cookies.Delete(Name, Options(null));
        return kept;
    }

    private CookieOptions Options(TimeSpan? lasts) => new() { HttpOnly = true, Secure = settings.IsSecure, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = lasts, IsEssential = true };
}
