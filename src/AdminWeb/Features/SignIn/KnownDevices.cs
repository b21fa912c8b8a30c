using System.Security.Cryptography;
using System.Text.Json;
using AdminPanel.Web.Features.Serve;
using Microsoft.AspNetCore.DataProtection;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// Which logins a browser has signed in with, in a cookie that the panel's keys seal. It opens nothing: it only parts the
/// owner's own mistakes from strangers' guesses (<see cref="GuessBudget"/>).
/// </summary>
public sealed class KnownDevices(IDataProtectionProvider protection, PanelSettings settings)
{
    /// <summary>Of several people at one browser.</summary>
    private const int Most = 5;

    // Browsers keep none longer (RFC 6265bis section 5.5).
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    private readonly IDataProtector protector = protection.CreateProtector("SignIn.Device");

    private string Name => settings.IsSecure ? "__Host-device" : "adminpanel-device";

    /// <summary>By login, what parts this browser from others; empty for one that is not known, or brings what this panel has not made.</summary>
    public IReadOnlyDictionary<string, string> Of(HttpRequest request) => Read(request).ToDictionary(d => d.Login, d => d.Mark, StringComparer.Ordinal);

    /// <summary>Remembers that the browser has signed in with the login.</summary>
    public void Remember(HttpContext context, string login)
    {
        var known = Read(context.Request);
        var mark = known.Find(d => d.Login == login)?.Mark ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        List<Device> devices = [new(login, mark), .. known.Where(d => d.Login != login).Take(Most - 1)];
        context.Response.Cookies.Append(Name, protector.Protect(JsonSerializer.Serialize(devices)), new CookieOptions
        {
            HttpOnly = true, Secure = settings.IsSecure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = KeptFor, IsEssential = true,
        });
    }

    private List<Device> Read(HttpRequest request)
    {
        try
        {
            return request.Cookies[Name] is { Length: > 0 } text ? JsonSerializer.Deserialize<List<Device>>(protector.Unprotect(text)) ?? [] : [];
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return [];
        }
    }

    private sealed record Device(string Login, string Mark);
}
